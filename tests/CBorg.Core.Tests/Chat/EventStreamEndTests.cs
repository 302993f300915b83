using System;
using System.Threading.Tasks;
using CBorg.Core.Tests.Infrastructure;
using Xunit;

namespace CBorg.Core.Tests.Chat;

/// <summary>How a stream may end, and what is made of it: before the first text it is tried again, after it what came is
/// kept, after the finish it stands.</summary>
public sealed class EventStreamEndTests
{
    private const string Error =
        """{"error":{"message":"litellm.APIConnectionError: gone","type":null,"param":null,"code":"500"}}""";

    [Fact]
    public async Task A_finish_without_DONE_is_an_end() => await Answers_("B", Play.Events(Answers.Piece("B"), Answers.Finish));

    [Fact]
    public async Task DONE_without_a_finish_is_an_end()
    {
        await using RawServer server = new();
        server.Then(Play.Events(Answers.Piece("B"), Play.Done));
        ChatResult result = (await Asked.Of(server)).Result;

        Assert.Equal(("B", null), (result.Text, result.FinishReason));
    }

    [Fact]
    public async Task Usage_may_come_before_the_finish_or_never() =>
        await Answers_("B", Play.Events(Answers.Usage, Answers.Piece("B"), Answers.Finish, Play.Done));

    [Fact]
    public async Task An_error_after_the_finish_is_not_the_answers() =>
        await Answers_("B", Play.Events(Answers.Piece("B"), Answers.Finish, Error));

    [Fact]
    public async Task Garbage_after_the_finish_is_not_the_answers() =>
        await Answers_("B", Play.Events(Answers.Piece("B"), Answers.Finish, "{oops"));

    [Fact]
    public async Task A_reset_after_the_finish_is_not_the_answers() =>
        await Answers_("B", Play.EventsThen(Play.Reset, Answers.Piece("B"), Answers.Finish));

    [Fact]
    public async Task An_error_before_the_text_is_tried_again() => await TriedAgain(ErrorKind.ProviderFault, Play.Events(Error));

    [Fact]
    public async Task An_error_event_by_name_before_the_text_is_tried_again() =>
        await TriedAgain(
            ErrorKind.ProviderFault,
            Play.Pieces(
                "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"litellm.InternalServerError: Overloaded\"}}\n\n"u8.ToArray()
            )
        );

    [Fact]
    public async Task Nothing_at_all_is_tried_again() => await TriedAgain(ErrorKind.ProviderFault, Play.Events());

    [Fact]
    public async Task Garbage_before_the_text_is_tried_again() => await TriedAgain(ErrorKind.ProviderFault, Play.Events("{oops"));

    [Fact]
    public async Task A_reset_before_the_text_is_tried_again() =>
        await TriedAgain(ErrorKind.ConnectionFailed, Play.EventsThen(Play.Reset));

    [Fact]
    public async Task A_role_alone_is_no_text_yet() =>
        await TriedAgain(
            ErrorKind.ConnectionFailed,
            Play.EventsThen(Play.Reset, """{"choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}""")
        );

    [Fact]
    public async Task An_error_after_the_text_keeps_it() =>
        await Broken(Play.Events(Answers.Piece("After"), Answers.Usage, Error));

    [Fact]
    public async Task An_end_without_finish_keeps_the_text() => await Broken(Play.Events(Answers.Piece("After"), Answers.Usage));

    [Fact]
    public async Task Garbage_after_the_text_keeps_it() =>
        await Broken(Play.Events(Answers.Piece("After"), Answers.Usage, "{oops"));

    [Fact]
    public async Task A_reset_after_the_text_keeps_it() =>
        await Broken(Play.EventsThen(Play.Reset, Answers.Piece("After"), Answers.Usage));

    [Fact]
    public async Task After_the_end_the_line_serves_the_next_call()
    {
        await using RawServer server = new() { Otherwise = Play.Events(Answers.Piece("B"), Answers.Finish, Play.Done) };
        ICBorgClient client = Clients.For(server);
        await client.GetModelsAsync(false, null, default).Soon();
        await Asked.Of(client);
        await Asked.Of(client);
        await Asked.Of(client);

        Assert.Equal((3, 1), (server.Requests.Count, server.Lines));
    }

    [Fact]
    public async Task A_line_left_open_after_the_end_holds_the_answer_up_for_a_second_at_most()
    {
        await using RawServer server = new();
        TaskCompletionSource gone = new();
        server.Then(Play.EventsThen(Play.Hold(gone), Answers.Piece("B"), Answers.Finish, Play.Done));
        FakeClock clock = new();
        Task<Asked> call = Asked.Of(server, null, clock);
        await clock.Waiting(TimeSpan.FromSeconds(1)).Soon();
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("B", (await call.Soon()).Result.Text);
        await gone.Task.Soon();
    }

    [Fact]
    public async Task Budget_in_mid_answer_is_not_tried_again_before_the_text_either()
    {
        await using RawServer server = new();
        server.Then(
            Play.Events(
                """{"error":{"message":"Budget has been exceeded! Current cost: 2","type":"budget_exceeded","code":"400"}}"""
            )
        );
        Asked asked = await Asked.Of(server, retries: 3);

        Assert.Equal(ErrorKind.Budget, asked.Kind);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task One_of_two_choices_that_has_not_ended_is_broken()
    {
        await using RawServer server = new();
        server.Then(
            Play.Events(
                """{"choices":[{"index":0,"delta":{"content":"a"},"finish_reason":"stop"},{"index":1,"delta":{"content":"b"}}]}""",
                Error
            )
        );

        Assert.Equal(ErrorKind.StreamInterrupted, (await Asked.Of(server)).Kind);
    }

    private static async Task Answers_(string text, Func<RawExchange, Task> script)
    {
        await using RawServer server = new();
        server.Then(script);
        ChatResult result = (await Asked.Of(server)).Result;

        Assert.Equal((text, "stop", 1), (result.Text, result.FinishReason, result.Attempts));
    }

    private static async Task TriedAgain(ErrorKind kind, Func<RawExchange, Task> script)
    {
        await using RawServer server = new();
        server.Then(script).Then(Play.Events(Answers.Piece("B"), Answers.Finish, Play.Done)).Then(script).Then(script);
        ICBorgClient client = Clients.For(server, retries: 1);

        Assert.Equal(("B", 2), ((await Asked.Of(client)).Result.Text, server.Requests.Count));
        Asked failed = await Asked.Of(client);
        Assert.Equal((kind, 2), (failed.Kind, failed.Failure!.Attempts));
    }

    private static async Task Broken(Func<RawExchange, Task> script)
    {
        await using RawServer server = new();
        server.Then(script);
        Asked asked = await Asked.Of(server, retries: 3);
        CBorgStreamException broken = Assert.IsType<CBorgStreamException>(asked.Failure);

        Assert.Equal(("After", "After", 17L), (broken.PartialText, asked.Shown, broken.Partial.PromptTokens));
        Assert.Contains("broke off after 5 characters", broken.Message, StringComparison.Ordinal);
        Assert.Equal("What letter comes after A?", broken.Partial.Messages[0].Content);
        Assert.Single(server.Requests);
    }
}
