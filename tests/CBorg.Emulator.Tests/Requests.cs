using System;
using System.Linq;
using System.Text.Json.Nodes;
using CBorg.Emulator.Answers;

namespace CBorg.Emulator.Tests;

/// <summary>Requests for a chat, and what the answer machine makes of them.</summary>
internal static class Requests
{
    public static ModelTraits Traits { get; } = new() { Name = "test" };

    public static JsonObject Chat(string prompt, params (string Name, JsonNode Value)[] members)
    {
        var request = Of(("user", prompt));
        foreach (var (name, value) in members)
        {
            request[name] = value?.DeepClone();
        }

        return request;
    }

    public static JsonObject Of(params (string Role, string Text)[] messages) =>
        new()
        {
            ["model"] = "test",
            ["messages"] = new JsonArray([
                .. messages.Select(message => new JsonObject { ["role"] = message.Role, ["content"] = message.Text }),
            ]),
        };

    public static Answer Answer(JsonObject request, ModelTraits? traits = null, PromptCache? cache = null) =>
        AnswerMachine.Answer(request, traits ?? Traits, cache ?? new PromptCache(TimeProvider.System), "key");
}
