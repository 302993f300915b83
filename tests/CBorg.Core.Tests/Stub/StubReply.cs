namespace CBorg.Core.Tests.Stub;

/// <summary>What is answered.</summary>
internal sealed record StubReply(int Status, string Body, string ContentType = "application/json", string Headers = "")
{
    public static StubReply NotFound { get; } = new(404, """{"detail":"Not Found"}""");

    public static implicit operator StubReply(string json) => new(200, json);
}
