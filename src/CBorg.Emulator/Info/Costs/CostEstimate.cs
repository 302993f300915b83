using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using CBorg.Emulator.Info.Models;
using CBorg.Emulator.Server;
using CBorg.Emulator.State;
using CBorg.Emulator.Traits;

namespace CBorg.Emulator.Info.Costs;

/// <summary>The reply of /cost/estimate: the cost of one request, of a day and of a month.</summary>
internal sealed class CostEstimate(IReadOnlyList<Deployment> deployments, InfoTraits traits)
{
    private static readonly (string Tokens, string Part, string Price)[] s_extras =
    [
        ("cache_read_input_tokens", "cache_read", "cache_read_input_token_cost"),
        ("cache_creation_input_tokens", "cache_creation", "cache_creation_input_token_cost"),
        ("reasoning_tokens", "reasoning", "output_cost_per_reasoning_token"),
    ];

    public JsonObject Of(JsonObject body)
    {
        var model = (string?)body["model"] ?? "";
        var deployment = deployments.FirstOrDefault(d => d.Name == model || d.UnderlyingModel == model) ?? throw Unknown(model);
        var parts = Parts(deployment, body);
        var values = new JsonObject
        {
            ["model"] = model,
            ["input_tokens"] = body["input_tokens"]?.DeepClone(),
            ["output_tokens"] = body["output_tokens"]?.DeepClone(),
            ["num_requests_per_day"] = body["num_requests_per_day"]?.DeepClone(),
            ["num_requests_per_month"] = body["num_requests_per_month"]?.DeepClone(),
            ["input_cost_per_token"] = Json.Float(Price(deployment, "input_cost_per_token")),
            ["output_cost_per_token"] = Json.Float(Price(deployment, "output_cost_per_token")),
            ["provider"] = deployment.Provider,
        };
        foreach (var (tokens, _, price) in s_extras)
        {
            values[tokens] = body[tokens]?.DeepClone() ?? 0;
            values[price] = Json.Float(PriceOrNone(deployment, price) ?? (price.StartsWith("output", System.StringComparison.Ordinal) ? Price(deployment, "output_cost_per_token") : 0));
        }

        foreach (var (part, cost) in parts)
        {
            values[part + "cost_per_request"] = Json.Float(cost);
            values["daily_" + part + "cost"] = Times(cost, body["num_requests_per_day"]);
            values["monthly_" + part + "cost"] = Times(cost, body["num_requests_per_month"]);
        }

        return traits.Shapes["cost_estimate"].With(values);
    }

    private static List<(string Part, double Cost)> Parts(Deployment deployment, JsonObject body)
    {
        var read = Number(body, "cache_read_input_tokens");
        var written = Number(body, "cache_creation_input_tokens");
        var readCost = read * (PriceOrNone(deployment, "cache_read_input_token_cost") ?? 0);
        var writtenCost = written * (PriceOrNone(deployment, "cache_creation_input_token_cost") ?? 0);
        var input = (Number(body, "input_tokens") * Price(deployment, "input_cost_per_token")) + readCost + writtenCost;
        var output = Number(body, "output_tokens") * Price(deployment, "output_cost_per_token");
        return
        [
            ("", input + output), ("input_", input), ("output_", output), ("margin_", 0),
            ("cache_read_", readCost), ("cache_creation_", writtenCost),
            ("reasoning_", Number(body, "reasoning_tokens") * Price(deployment, "output_cost_per_token")),
        ];
    }

    private static JsonNode? Times(double cost, JsonNode? requests) => requests is null ? null : Json.Float(cost * requests.GetValue<double>());

    private static double Number(JsonObject body, string name) => ModelView.Number(body[name]) ?? 0;

    private static double Price(Deployment deployment, string name) => PriceOrNone(deployment, name) ?? 0;

    private static double? PriceOrNone(Deployment deployment, string name) => ModelView.Number(deployment.Info[name]);

    private static FastApiError Unknown(string model) => new(404, new JsonObject
    {
        ["error"] = $"Could not calculate cost for model '{model}' (resolved to '{model}'): {SpendCalculator.NoProvider(model)}",
    });
}
