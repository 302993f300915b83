using System.Linq;
using CBorg.Core.Chat;
using CBorg.Core.Tests.Infrastructure;
using Xunit;

namespace CBorg.Core.Tests.Chat;

public sealed class ToolCallBuilderTests
{
    [Fact]
    public void Pieces_of_one_index_are_joined() =>
        Assert.Equal(
            ["call_1 get_time {\"tz\":\"UTC\"}"],
            Build(
                """{"index":0,"id":"call_1","type":"function","function":{"name":"get_time","arguments":""}}""",
                """{"index":0,"function":{"arguments":"{\"tz\":"}}""",
                """{"index":0,"function":{"arguments":"\"UTC\"}"}}"""
            )
        );

    [Fact]
    public void Two_indices_are_two_calls_however_their_pieces_are_mixed() =>
        Assert.Equal(
            ["a f 12", "b g 34"],
            Build(
                """{"index":0,"id":"a","function":{"name":"f","arguments":"1"}}""",
                """{"index":1,"id":"b","function":{"name":"g","arguments":"3"}}""",
                """{"index":0,"function":{"arguments":"2"}}""",
                """{"index":1,"function":{"arguments":"4"}}"""
            )
        );

    [Fact]
    public void A_new_id_under_a_used_index_is_a_new_call() =>
        Assert.Equal(
            ["a f 12", "b g 3"],
            Build(
                """{"index":0,"id":"a","function":{"name":"f","arguments":"1"}}""",
                """{"index":0,"id":"a","function":{"name":null,"arguments":"2"}}""",
                """{"index":0,"id":"b","function":{"name":"g","arguments":"3"}}"""
            )
        );

    [Fact]
    public void An_empty_id_or_name_takes_nothing_away() =>
        Assert.Equal(
            ["a f {}"],
            Build(
                """{"index":0,"id":"a","function":{"name":"f","arguments":"{"}}""",
                """{"index":0,"id":"","function":{"name":"","arguments":"}"}}"""
            )
        );

    [Fact]
    public void The_calls_of_a_plain_reply_need_no_index()
    {
        ToolCallBuilder builder = new();

        Assert.True(
            builder.Add(
                Given.Json(
                    """{"tool_calls":[{"id":"a","function":{"name":"f","arguments":"1"}},{"id":"b","function":{"name":"g","arguments":"2"}}]}"""
                )
            )
        );
        Assert.Equal(["a", "b"], builder.Build().Select(call => call.Id));
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"tool_calls":null}""")]
    [InlineData("""{"tool_calls":[]}""")]
    [InlineData("""{"tool_calls":"x"}""")]
    public void No_calls_are_none(string message)
    {
        ToolCallBuilder builder = new();

        Assert.False(builder.Add(Given.Json(message)));
        Assert.Empty(builder.Build());
    }

    [Fact]
    public void Odd_members_do_no_harm() =>
        Assert.Equal(
            ["  1"],
            Build("""{"index":"0","id":5,"function":{"name":[],"arguments":"1"}}""", """{"index":0,"function":null}""")
        );

    private static string[] Build(params string[] pieces)
    {
        ToolCallBuilder builder = new();
        foreach (string piece in pieces)
        {
            builder.Add(Given.Json($$"""{"tool_calls":[{{piece}}]}"""));
        }

        return [.. builder.Build().Select(call => $"{call.Id} {call.Name} {call.Arguments}")];
    }
}
