namespace CBorg.Emulator.Info.Costs;

/// <summary>The reply of /cost/estimate: the cost of one request, of a day and of a month.</summary>
internal sealed class CostEstimate(IReadOnlyList<Deployment> deployments, InfoTraits traits)
{
    private static readonly string[] s_prices =
    [
        "input_cost_per_token",
        "output_cost_per_token",
        "cache_read_input_token_cost",
        "cache_creation_input_token_cost",
    ];

    public JsonObject Of(JsonObject body)
    {
        var model = (string?)body["model"] ?? "";
        var deployment = deployments.FirstOrDefault(d => d.Name == model || d.UnderlyingModel == model) ?? throw Unknown(model);
        var values = new JsonObject { ["model"] = model, ["provider"] = deployment.Provider };
        Repeat(body, values);
        TellPrices(deployment, values);
        foreach (var (part, cost) in Parts(body, values))
        {
            values[part + "cost_per_request"] = Json.Float(cost);
            values["daily_" + part + "cost"] = Times(cost, body["num_requests_per_day"]);
            values["monthly_" + part + "cost"] = Times(cost, body["num_requests_per_month"]);
        }

        return traits.Shapes["cost_estimate"].With(values);
    }

    private static void Repeat(JsonObject body, JsonObject values)
    {
        foreach (var name in new[] { "input_tokens", "output_tokens", "num_requests_per_day", "num_requests_per_month" })
        {
            values[name] = body[name]?.DeepClone();
        }

        foreach (var name in new[] { "cache_read_input_tokens", "cache_creation_input_tokens", "reasoning_tokens" })
        {
            values[name] = body[name]?.DeepClone() ?? 0;
        }
    }

    private static void TellPrices(Deployment deployment, JsonObject values)
    {
        foreach (var name in s_prices)
        {
            values[name] = Json.Float(ModelView.Number(deployment.Info[name]) ?? 0);
        }

        values["output_cost_per_reasoning_token"] = Json.Float(
            ModelView.Number(deployment.Info["output_cost_per_reasoning_token"]) ?? Number(values, "output_cost_per_token")
        );
    }

    private static (string Part, double Cost)[] Parts(JsonObject body, JsonObject prices)
    {
        var read = Number(body, "cache_read_input_tokens") * Number(prices, "cache_read_input_token_cost");
        var written = Number(body, "cache_creation_input_tokens") * Number(prices, "cache_creation_input_token_cost");
        var reasoning = Number(body, "reasoning_tokens") * Number(prices, "output_cost_per_reasoning_token");
        var input = (Number(body, "input_tokens") * Number(prices, "input_cost_per_token")) + read + written;
        var output = Number(body, "output_tokens") * Number(prices, "output_cost_per_token");
        return
        [
            ("", input + output),
            ("input_", input),
            ("output_", output),
            ("margin_", 0),
            ("cache_read_", read),
            ("cache_creation_", written),
            ("reasoning_", reasoning),
        ];
    }

    private static JsonNode? Times(double cost, JsonNode? requests) =>
        requests is null ? null : Json.Float(cost * requests.GetValue<double>());

    private static double Number(JsonObject values, string name) => ModelView.Number(values[name]) ?? 0;

    private static FastApiError Unknown(string model) =>
        new(
            404,
            new JsonObject
            {
                ["error"] =
                    $"Could not calculate cost for model '{model}' (resolved to '{model}'): {SpendCalculator.NoProvider(model)}",
            }
        );
}
