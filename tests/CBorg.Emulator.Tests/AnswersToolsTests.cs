using System.Linq;
using System.Text.Json.Nodes;
using Xunit;

namespace CBorg.Emulator.Tests;

public class AnswersToolsTests
{
    private const string Tools = """
        [{"type":"function","function":{"name":"get_time","description":"Current time","parameters":{"type":"object","properties":{"tz":{"type":"string"}},"required":["tz"]}}},
         {"type":"function","function":{"name":"get_weather","description":"The weather forecast for a place","parameters":{"type":"object",
           "properties":{"location":{"type":"string"},"unit":{"enum":["celsius","fahrenheit"]},"days":{"type":"integer","minimum":1,"maximum":7}},"required":["location"]}}},
         {"type":"function","function":{"name":"add","description":"Adds two numbers","parameters":{"type":"object","properties":{"a":{"type":"number"},"b":{"type":"number"}},"required":["a","b"]}}}]
        """;

    [Fact]
    public void The_tool_that_the_prompt_names_is_called()
    {
        var choice = Ask("Use get_time please").Choices[0];
        Assert.Equal("tool_calls", choice.FinishReason);
        Assert.Null(choice.Text);
        Assert.Equal(("get_time", """{"tz":"UTC"}"""), (choice.ToolCalls[0].Name, choice.ToolCalls[0].Arguments));
        Assert.StartsWith("call_", choice.ToolCalls[0].Id, System.StringComparison.Ordinal);
    }

    [Fact]
    public void Words_of_name_and_description_are_enough()
    {
        var call = Ask("What is the weather in Berkeley, in fahrenheit?").Choices[0].ToolCalls.Single();
        Assert.Equal("get_weather", call.Name);
        Assert.Equal("Berkeley", (string?)JsonNode.Parse(call.Arguments)!["location"]);
    }

    [Fact]
    public void Numbers_go_to_the_arguments_in_their_order()
    {
        var call = Ask("Please add the numbers 17 and 25.5").Choices[0].ToolCalls.Single();
        Assert.Equal("""{"a":17,"b":25.5}""", call.Arguments);
    }

    [Fact]
    public void Other_questions_are_answered_in_words() => Assert.Equal("B", Ask("What letter comes after A?").Choices[0].Text);

    [Fact]
    public void Two_named_tools_are_two_calls()
    {
        Assert.Equal(
            ["get_time", "get_weather"],
            Ask("Call get_time and get_weather for Oslo").Choices[0].ToolCalls.Select(call => call.Name)
        );
        Assert.Single(Ask("Call get_time and get_weather for Oslo", ("parallel_tool_calls", false)).Choices[0].ToolCalls);
    }

    [Fact]
    public void Tool_choice_decides()
    {
        Assert.Empty(Ask("Use get_time", ("tool_choice", "none")).Choices[0].ToolCalls);
        Assert.Single(Ask("Hello", ("tool_choice", "required")).Choices[0].ToolCalls);
        var forced = new JsonObject
        {
            ["type"] = "function",
            ["function"] = new JsonObject { ["name"] = "add" },
        };
        Assert.Equal("add", Ask("Hello", ("tool_choice", forced)).Choices[0].ToolCalls.Single().Name);
    }

    [Fact]
    public void A_tool_s_result_is_told()
    {
        var request = JsonNode
            .Parse(
                $$$"""
                {"tools":{{{Tools}}},"messages":[{"role":"user","content":"Use get_time"},
                  {"role":"assistant","content":null,"tool_calls":[{"id":"call_1","type":"function","function":{"name":"get_time","arguments":"{\"tz\":\"UTC\"}"}}]},
                  {"role":"tool","tool_call_id":"call_1","content":"12:00"}]}
                """
            )!
            .AsObject();
        var choice = Requests.Answer(request).Choices[0];
        Assert.Equal(("get_time says: 12:00", "stop"), (choice.Text, choice.FinishReason));
    }

    private static Answers.Answer Ask(string prompt, params (string Name, JsonNode Value)[] members) =>
        Requests.Answer(Requests.Chat(prompt, [("tools", JsonNode.Parse(Tools)!), .. members]));
}
