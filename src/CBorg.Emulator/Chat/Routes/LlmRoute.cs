namespace CBorg.Emulator.Chat.Routes;

/// <summary>A route that calls a model: limits, checks, router, provider, reply, and the books whatever happens.</summary>
internal abstract class LlmRoute(Proxy proxy, LlmRouteKind kind)
{
    protected Proxy Proxy { get; } = proxy;

    protected Dispatch Dispatch { get; } = new(proxy);

    /// <summary>The member of the body that must be there, and the router's method that asks for it.</summary>
    protected abstract (string Name, string Method) Required { get; }

    public async Task HandleAsync(Call call)
    {
        var llm = new LlmCall(call, kind);
        try
        {
            Prepare(llm);
            Dispatch.EnterLimits(llm);
            CheckRequest(llm);
            Dispatch.ChooseDeployment(llm);
            await AnswerAsync(llm);
        }
        catch (ProxyError error)
        {
            new LlmHeaders(llm).SetError();
            new Books(Proxy, llm).Fail();
            throw Shown(error);
        }
        finally
        {
            llm.Lease?.Settle(null);
        }
    }

    protected abstract Task AnswerAsync(LlmCall llm);

    /// <summary>Brings the body into the form that limits and providers ask for.</summary>
    protected virtual void Prepare(LlmCall llm) { }

    /// <summary>The error as this route shows it.</summary>
    protected virtual ProxyError Shown(ProxyError error) => error;

    protected virtual ProxyError UnknownModel(LlmCall llm) => RequestChecks.UnknownModel(llm, llm.Path, asJson: false);

    private void CheckRequest(LlmCall llm)
    {
        var unknown = llm.Model is null || !Proxy.World.DeploymentsOf(llm.Model).Any();
        var missing = !(llm.Call.BodyObject ?? []).ContainsKey(Required.Name);
        if (missing && (!unknown || Proxy.Personality.Errors.NamesMissingParameter))
        {
            throw RequestChecks.Missing(llm, llm.Path, Required.Name, Required.Method);
        }

        if (unknown)
        {
            throw UnknownModel(llm);
        }
    }
}
