using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CBorg.Core.Tests.Stub;
using Xunit;

namespace CBorg.Core.Tests.Embeddings;

public class EmbeddingFailureTests
{
    private const string PastAuth = "x-litellm-call-id: call-1\r\n";
    private const string TooLargeOld =
        """{"error":{"message":"litellm.RateLimitError: RateLimitError: OpenAIException - Request too large.. Received Model Group=x-413\nAvailable Model Group Fallbacks=None","type":"throttling_error","param":null,"code":"429"}}""";
    private const string TooLargeNew =
        """{"error":{"message":"litellm.BadRequestError: OpenAIException - Request too large.. Received Model Group=x-413\nAvailable Model Group Fallbacks=None","type":"invalid_request_error","param":null,"code":"413"}}""";
    private const string TooLong =
        """{"error":{"message":"litellm.ContextWindowExceededError: litellm.BadRequestError: ContextWindowExceededError: Hosted_vllmException - This model's maximum context length is 8192 tokens. However, your messages resulted in 9000 tokens.","type":null,"param":null,"code":"400"}}""";
    private const string TooMany =
        """{"error":{"message":"litellm.BadRequestError: Hosted_vllmException - batch size 128 > maximum allowed batch size 32","type":null,"param":null,"code":"400"}}""";
    private const string NeverFits =
        """{"error":{"message":"Rate limit exceeded for api_key: 0a. Limit type: tokens. Current limit: 1000, Remaining: 1000. Limit resets at: 2026-11-22 04:06:57 UTC","type":"throttling_error","param":null,"code":"429"}}""";

    [Theory]
    [InlineData(
        400,
        """{"error":{"message":"{\"error\": \"/embeddings: Invalid model name passed in model=nope. Call `/v1/models` to view available models for your key.\"}","type":"None","param":"None","code":"400"}}""",
        "",
        ErrorKind.ModelNotFound
    )]
    [InlineData(
        400,
        """{"error":{"message":"{'error': '/embeddings: Invalid model name passed in model=nope. Call `/v1/models` to view available models for your key.'}","type":"None","param":"None","code":"400"}}""",
        PastAuth,
        ErrorKind.ModelNotFound
    )]
    [InlineData(
        400,
        """{"error":{"message":"/embeddings: Invalid model name passed in model=nope. Call `/v1/models` to view available models for your key.","type":"invalid_request_error","param":null,"code":"400"}}""",
        PastAuth,
        ErrorKind.ModelNotFound
    )]
    [InlineData(
        400,
        """{"error":{"message":"Budget has been exceeded! Current cost: 1.5, Max budget: 1.0","type":"budget_exceeded","param":null,"code":"400"}}""",
        "",
        ErrorKind.Budget
    )]
    [InlineData(
        429,
        """{"error":{"message":"Budget has been exceeded! Key=overbudg (sk-...0005) Current cost: 1.5, Max budget: 1.0","type":"budget_exceeded","param":null,"code":"429"}}""",
        "",
        ErrorKind.Budget
    )]
    [InlineData(
        401,
        """{"error":{"message":"key not allowed to access model. This key can only access models=['lbl/cborg-mini']. Tried to access lbl/nomic-embed-text","type":"key_model_access_denied","param":"model","code":"401"}}""",
        "",
        ErrorKind.ModelNotAllowed
    )]
    [InlineData(
        403,
        """{"error":{"message":"key not allowed to access model. This key can only access models=['lbl/cborg-mini']. Tried to access lbl/nomic-embed-text","type":"key_model_access_denied","param":"model","code":"403"}}""",
        "",
        ErrorKind.ModelNotAllowed
    )]
    [InlineData(
        429,
        """{"error":{"message":"Rate limit exceeded for api_key: fd6e. Remaining: -1","type":"None","param":"None","code":"429"}}""",
        "",
        ErrorKind.RequestLimit
    )]
    [InlineData(
        500,
        """{"error":{"message":"Router.aembedding() missing 1 required positional argument: 'input'","type":"None","param":"None","code":"500"}}""",
        "",
        ErrorKind.BadRequest
    )]
    public async Task Recorded_failures_keep_their_kind_and_are_not_sent_in_halves(
        int status,
        string body,
        string headers,
        ErrorKind kind
    )
    {
        using StubServer server = new(("/embeddings", new StubReply(status, body, Headers: headers)));
        CBorgException failure = await Assert.ThrowsAnyAsync<CBorgException>(() =>
            server.EmbedAsync(["Apple", "Bread", "Orange"])
        );
        Assert.Equal(kind, failure.Kind);
        Assert.Single(server.Embeddings());
    }

    [Theory]
    [InlineData(429, TooLargeOld)]
    [InlineData(413, TooLargeNew)]
    [InlineData(400, TooLong)]
    [InlineData(429, NeverFits)]
    public async Task A_batch_that_is_too_large_is_halved_until_it_passes(int status, string refusal)
    {
        using StubServer server = new(request =>
            EmbeddingStub.Texts(request).Sum(text => text.Length) > 25
                ? new StubReply(status, refusal, Headers: PastAuth)
                : EmbeddingStub.Answer(request)
        );
        string[] texts = [.. Enumerable.Range(0, 20).Select(i => new string('x', 5 + (i % 3)))];
        List<Embedding> embeddings = await server.EmbedAsync(texts);
        Assert.Equal(texts, embeddings.Select(embedding => embedding.Text));
        Assert.Equal(texts.Select(text => (float)text.Length), embeddings.Select(embedding => embedding.Vector[0]));
        Assert.True(server.Embeddings().Count() < 15, string.Join(" ", server.Paths));
    }

    [Fact]
    public async Task A_batch_of_too_many_texts_is_halved_and_later_ones_are_small_from_the_start()
    {
        using StubServer server = new(request =>
            EmbeddingStub.Texts(request).Length > 32
                ? new StubReply(400, TooMany, Headers: PastAuth)
                : EmbeddingStub.Answer(request)
        );
        Assert.Equal(256, (await server.EmbedAsync([.. Enumerable.Repeat("text", 256)])).Count);
        Assert.Equal(
            [128, 64, 32, 32, 32, 32, 32, 32, 32, 32],
            server.Embeddings().Select(request => EmbeddingStub.Texts(request).Length)
        );
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(19)]
    public async Task A_text_that_is_too_long_is_named_and_the_others_are_embedded(int place)
    {
        string[] texts = [.. Enumerable.Range(0, 20).Select(i => new string('x', i == place ? 100 : 10))];
        using StubServer server = new(request =>
            EmbeddingStub.Texts(request).Any(text => text.Length > 50)
                ? new StubReply(400, TooLong, Headers: PastAuth)
                : EmbeddingStub.Answer(request)
        );
        List<Embedding> embedded = [];
        CBorgRequestException failure = await Assert.ThrowsAsync<CBorgRequestException>(() => server.EmbedAsync(texts, embedded));
        Assert.Equal(ErrorKind.ContextWindow, failure.Kind);
        Assert.StartsWith(
            $"Text {place + 1} of 20 (100 characters) is too long. The other 19 were embedded.",
            failure.Message,
            StringComparison.Ordinal
        );
        Assert.Equal("call-1", failure.CallId);
        Assert.Equal(19, embedded.Count);
    }

    [Fact]
    public async Task Texts_that_are_all_too_long_are_all_named_and_cost_few_requests()
    {
        using StubServer server = new(("/embeddings", new StubReply(413, TooLargeNew, Headers: PastAuth)));
        CBorgRequestException failure = await Assert.ThrowsAsync<CBorgRequestException>(() =>
            server.EmbedAsync([.. Enumerable.Repeat(new string('x', 100), 8)])
        );
        Assert.Equal(ErrorKind.RequestTooLarge, failure.Kind);
        Assert.StartsWith("Texts 1, 2, 3, 4, 5 ... of 8 are too long. ", failure.Message, StringComparison.Ordinal);
        Assert.True(server.Embeddings().Count() <= 16, string.Join(" ", server.Paths));
    }

    [Fact]
    public async Task What_was_embedded_before_a_failure_has_been_handed_over()
    {
        using StubServer server = new(request =>
            EmbeddingStub.Texts(request) is [['b', ..], ..] ? new StubReply(401, "{}") : EmbeddingStub.Answer(request)
        );
        List<Embedding> embedded = [];
        await Assert.ThrowsAsync<CBorgAuthenticationException>(() =>
            server.EmbedAsync([.. Enumerable.Repeat("a", 128), "b"], embedded)
        );
        Assert.Equal(128, embedded.Count);
    }

    [Fact]
    public async Task A_failure_of_the_receiver_is_its_own()
    {
        using StubServer server = new(EmbeddingStub.Answer);
        EmbeddingRequest request = new() { Model = "m", Texts = ["a", "b"] };
        CBorgRequestException thrown = new(ErrorKind.RequestTooLarge, "mine");
        Assert.Same(
            thrown,
            await Assert.ThrowsAsync<CBorgRequestException>(() =>
                server.Client().EmbedAsync(request, _ => throw thrown, null, default)
            )
        );
        Assert.Single(server.Embeddings());
    }
}
