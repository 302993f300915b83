using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace CBorg.Core.Tests.Fuzz;

/// <summary>
/// Says whether what came of a case may come of it. A failure is always one of the tree, says something, and holds no key.
/// An answer comes only from a reply of status 2xx that arrived whole and tells of its end.
/// </summary>
internal static class FuzzJudge
{
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(1e7);

    /// <returns>What is wrong; null when nothing is.</returns>
    public static string? Complaint(FuzzCase done, object? result, Exception? failure) =>
        failure switch
        {
            CBorgException known => OfFailure(done, known),
            { } other => $"not a failure of the tree: {other}",
            null => OfAnswer(done, result!),
        };

    private static string? OfFailure(FuzzCase done, CBorgException failure)
    {
        ErrorFacts facts = failure.Facts;
        string told = string.Join(
            "\n",
            failure.ToString(),
            failure.Advice,
            facts.ServerMessage,
            facts.Body,
            facts.Type,
            facts.Code,
            facts.Param,
            facts.CallId,
            facts.CfRay
        );
        return told.Contains(FuzzAsk.Key, StringComparison.Ordinal) ? $"the key is in the failure: {told}"
            : string.IsNullOrWhiteSpace(failure.Message) ? "a failure that says nothing"
            : string.IsNullOrWhiteSpace(failure.Advice) ? $"a failure without advice: {failure.Message}"
            : !Enum.IsDefined(failure.Kind) ? $"an unknown kind {failure.Kind}"
            : failure.RetryAfter is { } wait && (wait < TimeSpan.Zero || wait > s_longestWait) ? $"a wait of {wait}"
            : done.Endings.Count > 0 && done.Endings.All(ending => ending.Complete)
                ? $"a complete answer failed: {failure.Message}"
            : failure is CBorgStreamException broken
            && done.Endings.Count > 0
            && !done.Endings.Any(ending => ending.Text == broken.PartialText)
                ? $"a partial text that is not what came: '{broken.PartialText}'"
            : null;
    }

    private static string? OfAnswer(FuzzCase done, object result)
    {
        if (result is CostEstimate or SpendInfo)
        {
            // Where one source is silent, another is asked; that is their trade.
            return null;
        }

        if (done.Reply.Status is < 200 or >= 300 && !IsOfAnotherReply(done))
        {
            return $"an answer from status {done.Reply.Status}";
        }

        if (done.Reply.Breaks && done.Endings.Count == 0 && result is not ChatResult)
        {
            return "an answer from a line that broke";
        }

        if (
            result is not RestResponse
            && done.Endings.Count == 0
            && !done.Source.IsEvents
            && done.Reply.Arrives < Encoding.UTF8.GetString(done.Reply.Body).TrimEnd().Length
        )
        {
            return "an answer from a part of one";
        }

        return result switch
        {
            ChatResult answer => OfChat(done, answer),
            List<Embedding> vectors => OfVectors(done, vectors),
            IReadOnlyList<Model> => Has(done, "data", JsonValueKind.Array) ? null : "models from what tells of none",
            KeyInfo => Has(done, "info", JsonValueKind.Object) ? null : "a key from what tells of none",
            List<DailySpend> => Has(done, "results", JsonValueKind.Array) ? null : "days from what tells of none",
            _ => null,
        };
    }

    private static string? OfChat(FuzzCase done, ChatResult answer)
    {
        if (done.Endings.Count > 0)
        {
            return done.Endings.Any(ending => ending.Complete && ending.Text == answer.Text)
                ? null
                : $"a silent success: '{answer.Text}' where [{string.Join(" | ", done.Endings)}] came";
        }

        string came = Encoding.Latin1.GetString(done.Reply.Delivered);
        bool ends = came.Contains("[DONE]", StringComparison.Ordinal) || came.Contains("finish_reason", StringComparison.Ordinal);
        return ends || Has(done, "choices", JsonValueKind.Array)
            ? null
            : $"a silent success from what tells of no end: '{answer.Text}'";
    }

    private static string? OfVectors(FuzzCase done, List<Embedding> vectors) =>
        vectors.Count != done.Source.Texts ? $"{vectors.Count} vectors for {done.Source.Texts} texts"
        : vectors.Any(vector => vector.Vector.Length == 0 || vector.Vector.Length != vectors[0].Vector.Length)
            ? "vectors of different lengths"
        : vectors.Any(vector => vector.Vector.Any(number => !float.IsFinite(number)))
            ? "a vector with something that is no number"
        : null;

    /// <summary>Days are asked for with the key first, so that a reply to another route may stand behind the result.</summary>
    private static bool IsOfAnotherReply(FuzzCase done) => done.Source.Route == "/user/info";

    private static bool Has(FuzzCase done, string name, JsonValueKind kind)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(done.Reply.Delivered);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty(name, out JsonElement member)
                && member.ValueKind == kind;
        }
        catch (JsonException)
        {
            return false;
        }
        catch (InvalidOperationException)
        {
            // Half a letter in another name: this reading knows no better.
            return true;
        }
    }
}
