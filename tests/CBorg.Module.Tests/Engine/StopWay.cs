namespace CBorg.Module.Tests.Engine;

/// <summary>What ends a cmdlet before its work is done.</summary>
public enum StopWay
{
    /// <summary>Ctrl+C.</summary>
    CtrlC,

    /// <summary>Stop-Job on the job that runs it.</summary>
    StopJob,

    /// <summary>Select-Object -First has enough.</summary>
    First,

    /// <summary>A command further down throws.</summary>
    Throw,

    /// <summary>The module is removed in another runspace. It ends nothing; Ctrl+C does, afterwards.</summary>
    RemovedElsewhere,

    /// <summary>A command further down removes the module. It ends nothing; Ctrl+C does, afterwards.</summary>
    RemovedDownstream,

    /// <summary>The runspace is closed.</summary>
    Close,
}
