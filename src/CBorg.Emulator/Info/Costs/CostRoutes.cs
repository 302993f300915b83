namespace CBorg.Emulator.Info.Costs;

/// <summary>/spend/calculate and /cost/estimate.</summary>
internal static class CostRoutes
{
    public static void Map(RouteTable routes, InfoTraits traits)
    {
        routes.Post("/spend/calculate", RouteAccess.InternalUser, CalculateAsync);
        if (traits.HasCostEstimate)
        {
            routes.Post("/cost/estimate", RouteAccess.InternalUser, EstimateAsync);
        }
    }

    private static Task CalculateAsync(Call call)
    {
        var body = RequiredMembers.Of(call);
        var calculator = new SpendCalculator(call.World.Catalog.Deployments, call.Personality.Info);
        var cost = (body["model"], body["messages"], body["completion_response"]) switch
        {
            ({ } model, JsonArray messages, _) => calculator.OfPrompt((string)model!, messages),
            ({ }, _, _) => throw Bad("Bad Request - messages must be provided if 'model' is provided"),
            (_, _, JsonObject response) => calculator.OfAnswer(response),
            _ => throw Bad("Bad Request - Either 'model' or 'completion_response' must be provided"),
        };
        return call.ReplyAsync(new JsonObject { ["cost"] = Json.Float(cost) });
    }

    private static Task EstimateAsync(Call call)
    {
        var body = RequiredMembers.Of(call, "model", "input_tokens", "output_tokens");
        RequiredMembers.RefuseOtherThanNumbers(
            body,
            "input_tokens",
            "output_tokens",
            "num_requests_per_day",
            "num_requests_per_month"
        );
        return call.ReplyAsync(new CostEstimate(call.World.Catalog.Deployments, call.Personality.Info).Of(body));
    }

    private static ProxyError Bad(string message) => new(400, "None", message);
}
