using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace CBorg.Bench.Limits;

/// <summary>What the emulator counted for a key.</summary>
internal sealed record KeyTally(int Requests, int Succeeded, IReadOnlyDictionary<string, int> Rejected)
{
    private static readonly KeyTally s_none = new(0, 0, new Dictionary<string, int>());

    /// <param name="control">The emulator's control address.</param>
    /// <param name="role">The key's role in the catalogue.</param>
    public static async Task<KeyTally> ReadAsync(Uri control, string role)
    {
        using HttpClient http = new();
        JsonNode? rows = JsonNode.Parse(await http.GetStringAsync(new Uri(control + "/ledger/keys")).ConfigureAwait(false));
        JsonArray keys = rows as JsonArray ?? (JsonArray)rows!["data"]!;
        return keys.FirstOrDefault(row => (string?)row!["key_role"] == role) is { } found
            ? new KeyTally((int)found["requests"]!, (int)found["succeeded"]!, found["rejected"]!.AsObject().ToDictionary(type => type.Key, type => (int)type.Value!))
            : s_none;
    }
}
