using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CBorg.Core.Resilience;
using static System.FormattableString;

namespace CBorg.Core.Embeddings;

/// <summary>What is wrong with texts, in words that say which of them.</summary>
internal static class EmbeddingChecks
{
    private const int MostPlaces = 5;

    /// <summary>Finds before anything is sent what no server would take.</summary>
    /// <exception cref="CBorgRequestException">The request can only fail.</exception>
    public static void Check(EmbeddingRequest request)
    {
        if (string.IsNullOrWhiteSpace(request.Model))
        {
            throw Bad("No model was named.", "Name an embedding model; Get-CBorgModel -Mode embedding lists them.");
        }

        if (request.Kind == EmbeddingKind.Query && request.Texts.Count != 1)
        {
            throw Bad(Invariant($"A query is one text, not {request.Texts.Count}."), "Embed each query on its own.");
        }

        for (int i = 0; i < request.Texts.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(request.Texts[i]))
            {
                throw Bad($"{Place(i, request.Texts.Count)} is empty: there is nothing to embed.", "Leave empty texts out.");
            }
        }
    }

    public static CBorgException TooLong(EmbeddingRequest request, IReadOnlyList<(int Place, CBorgException Refusal)> tooLong)
    {
        CBorgException first = tooLong[0].Refusal;
        int embedded = request.Texts.Count - tooLong.Count;
        string others = embedded == 0 ? "" : Invariant($" The other {embedded} were embedded.");
        int place = tooLong[0].Place;
        string which =
            tooLong.Count == 1
                ? Invariant($"{Place(place, request.Texts.Count)} ({request.Texts[place].Length} characters) is too long.")
                : Invariant($"Texts {Places(tooLong)} of {request.Texts.Count} are too long.");
        return Failures.Create(
            first.Kind,
            $"{which}{others} {first.Message}",
            "Split the text into shorter pieces.",
            first.Facts,
            first
        );
    }

    private static string Place(int index, int count) => count == 1 ? "The text" : Invariant($"Text {index + 1} of {count}");

    private static string Places(IReadOnlyList<(int Place, CBorgException Refusal)> tooLong) =>
        string.Join(", ", tooLong.Take(MostPlaces).Select(one => (one.Place + 1).ToString(CultureInfo.InvariantCulture)))
        + (tooLong.Count > MostPlaces ? " ..." : "");

    private static CBorgRequestException Bad(string message, string advice) => new(ErrorKind.BadRequest, message, advice);
}
