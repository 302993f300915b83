using System;
using System.Text.Json.Nodes;

namespace CBorg.Bench.Workloads;

/// <summary>Calls that a script makes, and the limits that they meet.</summary>
/// <param name="Name">A letter.</param>
/// <param name="What">For people.</param>
/// <param name="Calls">How many calls.</param>
/// <param name="Length">Seconds that a call takes.</param>
/// <param name="Limits">The members of the key.</param>
internal sealed record Workload(string Name, string What, int Calls, double Length, Func<JsonObject> Limits)
{
    public static Workload A { get; } =
        new(
            "A",
            "a key of 60 requests a minute and 5 at once, 150 calls of 0.2 s",
            150,
            0.2,
            () => new JsonObject { ["rpm_limit"] = 60, ["max_parallel_requests"] = 5 }
        );

    public static Workload B { get; } =
        new("B", "a key over its budget, 20 calls", 20, 0.2, () => new JsonObject { ["spend"] = 10.5, ["max_budget"] = 10.0 });

    public static Workload C { get; } =
        new("C", "5 at once, 100 calls of 0.5 s", 100, 0.5, () => new JsonObject { ["max_parallel_requests"] = 5 });

    public static Workload[] All { get; } = [A, B, C];

    /// <summary>The model of its calls in the catalogue.</summary>
    public string Model => "model-" + Name.ToLowerInvariant();
}
