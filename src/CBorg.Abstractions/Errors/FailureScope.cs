namespace CBorg;

/// <summary>What a failure stops: everything that could only fail of the same. Each scope includes those before it.</summary>
public enum FailureScope
{
    /// <summary>This call alone; another may succeed.</summary>
    Call,

    /// <summary>All calls for the same model.</summary>
    Model,

    /// <summary>All calls of the same route with the same key.</summary>
    Route,

    /// <summary>All calls with the same key.</summary>
    Key,

    /// <summary>All calls to the service.</summary>
    Service,
}
