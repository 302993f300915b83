using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using CBorg.Core.Wire;

namespace CBorg.Core.Chat;

/// <summary>
/// Joins the pieces of tool calls. Pieces belong together by <c>index</c>, except that a piece with a new id starts a new
/// call even under a used index: some providers send every call as index 0.
/// </summary>
internal sealed class ToolCallBuilder
{
    private readonly List<Call> _calls = [];
    private readonly Dictionary<int, Call> _byIndex = [];

    /// <returns>Whether there was a piece of a call.</returns>
    public bool Add(JsonElement message)
    {
        bool any = false;
        int position = 0;
        foreach (JsonElement piece in message.Items("tool_calls"))
        {
            any = true;
            Find((int)(piece.Integer("index") ?? position), piece.Text("id")).Add(piece);
            position++;
        }

        return any;
    }

    public IReadOnlyList<ChatToolCall> Build() =>
        _calls.ConvertAll(call => new ChatToolCall
        {
            Id = call.Id,
            Name = call.Name,
            Arguments = call.Arguments.ToString(),
        });

    private Call Find(int index, string? id)
    {
        if (!_byIndex.TryGetValue(index, out Call? call) || (!string.IsNullOrEmpty(id) && call.Id.Length > 0 && call.Id != id))
        {
            call = new Call();
            _calls.Add(call);
            _byIndex[index] = call;
        }

        return call;
    }

    private sealed class Call
    {
        public string Id { get; private set; } = "";

        public string Name { get; private set; } = "";

        public StringBuilder Arguments { get; } = new();

        public void Add(JsonElement piece)
        {
            Id = piece.Text("id") is { Length: > 0 } id ? id : Id;
            JsonElement? function = piece.Member("function");
            Name = function.Text("name") is { Length: > 0 } name ? name : Name;
            Arguments.Append(function.Text("arguments"));
        }
    }
}
