namespace CBorg.Core.Limits;

/// <summary>What a call asks the rate limiter for: leave to send one request. The same for all attempts of the call.</summary>
/// <param name="model">The model's name on the proxy; decides which scopes count it.</param>
/// <param name="estimate">What it will take of the tokens a minute.</param>
/// <param name="userLimits">What the connection's user wants to keep to; nobody else's business.</param>
internal sealed class PermitRequest(string model, TokenEstimate estimate, LimitSet userLimits)
{
    public string Model => model;

    public TokenEstimate Estimate => estimate;

    public LimitSet UserLimits => userLimits;

    /// <summary>Asks for the account's limits when the call has to wait; null when nobody can.</summary>
    public AccountLimitsClient? Account { get; init; }

    /// <summary>Its number in the queue, kept through all attempts; 0 until it has first asked. Set by the limiter.</summary>
    public long Ticket { get; set; }
}
