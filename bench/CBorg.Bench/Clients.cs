using System;
using System.Net.Http;
using CBorg.Core;

namespace CBorg.Bench;

/// <summary>Our client and the bare rival, both for the canned server.</summary>
internal static class Clients
{
    public static ICBorgClient Ours(Uri address) =>
        CBorgClientFactory.Create(
            new ConnectionOptions
            {
                BaseUri = address,
                ApiKey = () => Canned.Key,
                ShareRateLimit = Environment.GetEnvironmentVariable("CBORG_BENCH_SHARE") != "0",
            }
        );

    public static HttpClient Bare(Uri address)
    {
        HttpClient client = new() { BaseAddress = address };
        client.DefaultRequestHeaders.Add("Authorization", "Bearer " + Canned.Key);
        return client;
    }

    public static ByteArrayContent Question(bool stream) =>
        new(
            Canned.Utf8(
                $$"""{"model":"m","messages":[{"role":"user","content":"What letter comes after A?"}]{{(stream ? ",\"stream\":true" : "")}}}"""
            )
        )
        {
            Headers = { ContentType = new("application/json") },
        };
}
