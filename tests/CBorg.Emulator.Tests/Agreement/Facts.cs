using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CBorg.Emulator.Tests.Agreement;

/// <summary>What counts of an answer: status, headers, shapes and words, but neither ids nor times nor numbers in
/// texts.</summary>
internal sealed partial class Facts
{
    private static readonly string[] s_transport =
    [
        "date",
        "server",
        "connection",
        "content-length",
        "transfer-encoding",
        "vary",
        "keep-alive",
        "cache-control",
        "x-accel-buffering",
        "content-security-policy",
        "x-frame-options",
        "x-content-type-options",
        "content-type",
        "allow",
        "location",
    ];

    private static readonly string[] s_told =
    [
        "retry-after",
        "rate_limit_type",
        "x-litellm-version",
        "x-litellm-attempted-retries",
        "x-litellm-attempted-fallbacks",
    ];

    private readonly SortedDictionary<string, string> _facts = [];

    private Facts() { }

    public static Facts None(string why)
    {
        var facts = new Facts();
        facts._facts["status"] = why;
        return facts;
    }

    public static Facts Of(int status, IEnumerable<KeyValuePair<string, string>> headers, string text)
    {
        var byName = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in headers)
        {
            byName[name.ToLowerInvariant()] = value;
        }

        var facts = new Facts();
        var kind = byName.GetValueOrDefault("content-type", "").Split(';')[0];
        facts.Add("status", status.ToString(CultureInfo.InvariantCulture));
        facts.Add("content type", kind);
        facts.Add("header names", string.Join(", ", byName.Keys.Except(s_transport)));
        facts.Add(
            "header values",
            string.Join(", ", byName.Where(h => s_told.Contains(h.Key)).Select(h => $"{h.Key}: {h.Value}"))
        );
        facts.Add("cost", byName.TryGetValue("x-litellm-response-cost", out var cost) ? Cost(cost) : "none");
        facts.AddBody(kind, text);
        return facts;
    }

    /// <summary>What differs, by kind, readably; empty when nothing does.</summary>
    public Dictionary<string, string> DifferenceFrom(Facts wanted)
    {
        var differences = new Dictionary<string, string>();
        foreach (var kind in _facts.Keys.Union(wanted._facts.Keys).Order())
        {
            var (want, got) = (wanted._facts.GetValueOrDefault(kind), _facts.GetValueOrDefault(kind));
            if (want != got)
            {
                differences[kind] = Brief(want ?? "nothing", got ?? "nothing");
            }
        }

        return differences;
    }

    private static string Brief(string want, string got)
    {
        var (wanted, received) = (want.Split(", "), got.Split(", "));
        return wanted.Length > 3 || received.Length > 3
            ? $"missing {Cut(string.Join(", ", wanted.Except(received)))}; too many {Cut(string.Join(", ", received.Except(wanted)))}"
            : $"recorded {Cut(want)}, got {Cut(got)}";
    }

    private static string Cut(string text) => text.Length <= 300 ? text : text[..300];

    private static string Cost(string text) =>
        double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture).ToString("G12", CultureInfo.InvariantCulture);

    private void Add(string kind, string fact) => _facts[kind] = fact;

    private void AddBody(string kind, string text)
    {
        if (kind == "text/event-stream")
        {
            AddStream(text);
        }
        else if (kind == "text/html" || text.Length == 0)
        {
            Add("text", kind == "text/html" ? "html" : "");
        }
        else if (Parse(text, out var json))
        {
            Add("shape", string.Join(", ", Shape.Of(json)));
            Add("error", ErrorOf(json) ?? "none");
        }
        else
        {
            Add("text", Words(text));
        }
    }

    private void AddStream(string text)
    {
        List<string> shapes = [],
            finish = [],
            errors = [],
            names = [];
        var done = false;
        foreach (var block in BlankLine().Split(text))
        {
            var lines = LineEnd().Split(block);
            names.AddRange(lines.Where(l => l.StartsWith("event:", StringComparison.Ordinal)).Select(l => l[6..].Trim()));
            var data = string.Join(
                '\n',
                lines.Where(l => l.StartsWith("data:", StringComparison.Ordinal)).Select(l => l[5..].TrimStart())
            );
            done |= data == "[DONE]";
            if (data is "" or "[DONE]")
            {
                continue;
            }

            if (!Parse(data, out var json))
            {
                errors.Add("not JSON");
                continue;
            }

            if (ErrorOf(json) is { } error)
            {
                errors.Add(error);
            }

            finish.AddRange((json?["choices"] as JsonArray ?? []).Select(c => c?["finish_reason"]?.ToString()).OfType<string>());
            var shape = string.Join(", ", Shape.Of(json));
            if (shapes.Count == 0 || shapes[^1] != shape)
            {
                shapes.Add(shape);
            }
        }

        Add("stream shapes", string.Join(" | ", shapes));
        Add("stream finish", string.Join(", ", finish));
        Add("stream errors", string.Join(", ", errors));
        Add("stream done", done ? "yes" : "no");
        Add("stream event names", string.Join(", ", names));
    }

    private static string? ErrorOf(JsonNode? json)
    {
        if (json is not JsonObject o)
        {
            return null;
        }

        return o["error"] is JsonObject e
                ? $"type {e["type"]?.ToString() ?? "null"}, code {e["code"]?.ToString() ?? "null"}, {Words(e["message"]?.ToString() ?? "null")}"
            : o.ContainsKey("detail") ? $"detail {Words(o["detail"]?.ToJsonString() ?? "null")}"
            : null;
    }

    private static string Words(string text)
    {
        text = Ids().Replace(text, "<id>");
        text = Cooldowns().Replace(text, "cooldown_list=[]");
        text = Numbers().Replace(text, "#");
        return text[..Math.Min(60, text.Length)].Trim();
    }

    private static bool Parse(string text, out JsonNode? json)
    {
        try
        {
            json = JsonNode.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            json = null;
            return false;
        }
    }

    [GeneratedRegex("[0-9a-f]{40,64}|[0-9a-f]{8}-[0-9a-f-]{27}")]
    private static partial Regex Ids();

    [GeneratedRegex(@"cooldown_list=\[.*?\]")]
    private static partial Regex Cooldowns();

    [GeneratedRegex(@"\d+(\.\d+)?")]
    private static partial Regex Numbers();

    [GeneratedRegex(@"\r?\n\r?\n")]
    private static partial Regex BlankLine();

    [GeneratedRegex(@"\r?\n")]
    private static partial Regex LineEnd();
}
