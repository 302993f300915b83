using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace CBorg.Bench.Limits;

/// <summary>What the emulator counted of a key's chats.</summary>
/// <param name="Requests">All of them.</param>
/// <param name="Succeeded">Those that were answered.</param>
/// <param name="Rejected">Rejections by type.</param>
/// <param name="Late">How many of those after the first minute.</param>
internal sealed record KeyTally(int Requests, int Succeeded, IReadOnlyDictionary<string, int> Rejected, int Late)
{
    private const double FirstMinute = 61_000;

    /// <param name="control">The emulator's control address.</param>
    /// <param name="role">The key's role in the catalogue.</param>
    public static async Task<KeyTally> ReadAsync(Uri control, string role)
    {
        using HttpClient http = new();
        JsonArray rows = (JsonArray)
            JsonNode.Parse(
                await http.GetStringAsync(new Uri($"{control}/ledger?key={role}&path=/chat/completions")).ConfigureAwait(false)
            )!;
        double began = rows.Count == 0 ? 0 : rows.Min(Started);
        JsonNode[] rejected = [.. rows.Where(row => row!["rejected"] is not null).Select(row => row!)];
        return new KeyTally(
            rows.Count,
            rows.Count(row => (int?)row!["status"] == 200),
            rejected.GroupBy(row => (string)row["rejected"]!).ToDictionary(type => type.Key, type => type.Count()),
            rejected.Count(row => Started(row) > began + FirstMinute)
        );
    }

    private static double Started(JsonNode? row) => (double)row!["started"]!;
}
