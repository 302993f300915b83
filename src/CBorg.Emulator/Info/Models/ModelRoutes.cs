namespace CBorg.Emulator.Info.Models;

/// <summary>/models, /models/{id}, /model/info and /model_group/info.</summary>
internal static class ModelRoutes
{
    private static readonly string[] s_fallbacks = ["general", "context_window", "content_policy"];

    public static void Map(RouteTable routes)
    {
        routes.GetWithV1("/models", RouteAccess.Llm, ListAsync);
        routes.GetWithV1("/models/{model_id}", RouteAccess.InternalUser, OneAsync);
        routes.GetWithV1("/model/info", RouteAccess.Info, InfoAsync);
        routes.Get("/model_group/info", RouteAccess.Info, GroupInfoAsync);
    }

    private static Task ListAsync(Call call)
    {
        var view = new ModelView(call.Personality);
        var rows = Visible(call).DistinctBy(d => d.Name).Select(view.Listed).ToList();
        if (IsYes(call.Query("include_metadata")))
        {
            RefuseOtherFallbacks(call.Query("fallback_type"));
            rows.ForEach(row => row["metadata"] = new JsonObject { ["fallbacks"] = new JsonArray() });
        }

        return call.ReplyAsync(new JsonObject { ["data"] = new JsonArray([.. rows]), ["object"] = "list" });
    }

    /// <summary>What FastAPI takes for a true.</summary>
    private static bool IsYes(string? text) => text?.ToLowerInvariant() is "true" or "1" or "yes" or "on" or "t" or "y";

    private static void RefuseOtherFallbacks(string? kind)
    {
        if (!string.IsNullOrEmpty(kind) && !s_fallbacks.Contains(kind))
        {
            throw new FastApiError(
                400,
                $"Invalid fallback_type. Must be one of: [{string.Join(", ", s_fallbacks.Select(f => $"'{f}'"))}]"
            );
        }
    }

    private static Task OneAsync(Call call)
    {
        var id = call.Values["model_id"];
        var deployment =
            Visible(call).FirstOrDefault(d => d.Name == id)
            ?? throw new FastApiError(404, $"The model `{id}` does not exist or is not accessible");
        return call.ReplyAsync(new ModelView(call.Personality).Listed(deployment));
    }

    private static Task InfoAsync(Call call)
    {
        var view = new ModelView(call.Personality);
        var asked = call.Query("litellm_model_id");
        var shown = Visible(call).Where(d => string.IsNullOrEmpty(asked) || d.Id == asked).ToList();
        if (shown.Count == 0 && !string.IsNullOrEmpty(asked))
        {
            throw new FastApiError(400, new JsonObject { ["error"] = $"Model id = {asked} not found on litellm proxy" });
        }

        return call.ReplyAsync(new JsonObject { ["data"] = new JsonArray([.. shown.Select(d => view.Row(d, call.Key))]) });
    }

    private static Task GroupInfoAsync(Call call)
    {
        var view = new ModelGroupView(call.Personality);
        var asked = call.Query("model_group");
        var groups = Visible(call).Where(d => string.IsNullOrEmpty(asked) || d.Name == asked).GroupBy(d => d.Name);
        return call.ReplyAsync(new JsonObject { ["data"] = new JsonArray([.. groups.Select(g => view.Row(g.ToList()))]) });
    }

    private static IEnumerable<Deployment> Visible(Call call)
    {
        var allowed = call.Key.Models;
        return allowed.Count == 0 || allowed.Contains("all-proxy-models") || allowed.Contains("all-team-models")
            ? call.World.Catalog.Deployments
            : call.World.Catalog.Deployments.Where(d => allowed.Contains(d.Name));
    }
}
