namespace CBorg.Emulator.Info.Costs;

/// <summary>The cost of a prompt or of an answer, as /spend/calculate reckons it: by the underlying model's name.</summary>
internal sealed class SpendCalculator(IReadOnlyList<Deployment> deployments, InfoTraits traits)
{
    /// <summary>Only the prompt's tokens count. The name may be one of the proxy's; those without a price are free.</summary>
    public double OfPrompt(string model, JsonArray messages)
    {
        var named = deployments.FirstOrDefault(d => d.Name == model);
        var price = named is null ? Price(Underlying(model), "input_cost_per_token") : Configured(named, "input_cost_per_token");
        return TokenCounter.CountMessages(messages) * price;
    }

    /// <summary>The answer's model is taken literally: a name of the proxy's says nothing here.</summary>
    public double OfAnswer(JsonObject response)
    {
        var deployment = Underlying((string?)response["model"] ?? "");
        return (Tokens(response, "prompt_tokens") * Price(deployment, "input_cost_per_token"))
            + (Tokens(response, "completion_tokens") * Price(deployment, "output_cost_per_token"));
    }

    /// <summary>LiteLLM's complaint about a name whose provider it cannot guess.</summary>
    public static string NoProvider(string model) =>
        $"litellm.BadRequestError: LLM Provider NOT provided. Pass in the LLM provider you are trying to call. You passed model={model}\n"
        + " Pass model as E.g. For 'Huggingface' inference endpoints pass in `completion(model='huggingface/starcoder',..)` "
        + "Learn more: https://docs.litellm.ai/docs/providers";

    private Deployment Underlying(string model)
    {
        if (
            deployments.FirstOrDefault(d => d.UnderlyingModel == model || (d.IsMapped && d.ProviderModel == model)) is
            { } deployment
        )
        {
            return deployment;
        }

        var slash = model.IndexOf('/');
        throw slash > 0 && deployments.Any(d => d.Provider == model[..slash])
            ? NotMapped(model[..slash], model[(slash + 1)..])
            : new ProxyError(400, null, NoProvider(model), null);
    }

    private double Price(Deployment deployment, string name)
    {
        if (
            deployment.Params[name] is null
            && !deployment.IsMapped
            && deployment.Info["input_cost_per_token"] is null
            && deployment.OnPrem
        )
        {
            throw NotMapped(deployment.Provider, deployment.ProviderModel);
        }

        return Configured(deployment, name);
    }

    private double Configured(Deployment deployment, string name) =>
        ModelView.Number(deployment.Params[name])
        ?? (deployment.IsMapped || traits.CalculatesOwnPrices ? ModelView.Number(deployment.Info[name]) : null)
        ?? 0;

    private static ProxyError NotMapped(string provider, string model) =>
        new(
            400,
            "None",
            $"This model isn't mapped yet. model={model}, custom_llm_provider={provider}. "
                + "Add it here - https://github.com/BerriAI/litellm/blob/main/model_prices_and_context_window.json."
        );

    private static double Tokens(JsonObject response, string name) => ModelView.Number(response["usage"]?[name]) ?? 0;
}
