namespace CBorg;

/// <summary>Where a cost comes from, best first.</summary>
public enum CostSource
{
    /// <summary>The cost cannot be known: no figure from the proxy, and no price or no usage to reckon with.</summary>
    Unknown = 0,

    /// <summary>The proxy's own figure in <c>x-litellm-response-cost</c> of a plain reply: what the account is charged.</summary>
    Header,

    /// <summary>The proxy's own figure in the <c>usage.cost</c> of a stream.</summary>
    Stream,

    /// <summary>Tokens times the price of the deployment that answered: the proxy's own formula, worked out here.</summary>
    ListPrice,

    /// <summary>The deployment's prices are explicitly 0.</summary>
    Free,
}
