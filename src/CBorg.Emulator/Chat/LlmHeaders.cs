namespace CBorg.Emulator.Chat;

/// <summary>LiteLLM's headers on replies of models.</summary>
internal sealed class LlmHeaders(LlmCall llm)
{
    private const string Zero = "0.0";

    private readonly HeaderTraits _traits = llm.Personality.Headers;

    /// <summary>Headers of a plain reply.</summary>
    public void SetPlain(ProviderReply reply, Cost cost, int contentLength)
    {
        if (llm.Route == LlmRouteKind.Messages)
        {
            SetMessages(cost);
            LimitHeaders.Set(llm.Call, llm.Lease);
            return;
        }

        var bare = llm.Route == LlmRouteKind.Embeddings && llm.Deployment!.OnPrem;
        SetDeployment();
        Set("x-litellm-response-cost", cost.Total > 0 ? Json.Repr(cost.Total) : null);
        CostParts.Set(llm.Call, cost);
        SetKey(cost.Total);
        SetDurations(bare ? _traits.DurationOnHostedEmbeddings : true, !bare);
        SetGroup();
        if (!bare)
        {
            SetProvider(
                reply,
                4,
                ("content-type", "application/json"),
                ("content-length", contentLength.ToString(CultureInfo.InvariantCulture))
            );
        }

        if (llm.AnswersWithTokens || _traits.LimitsOnEmbeddings)
        {
            LimitHeaders.Set(llm.Call, llm.Lease);
        }
    }

    /// <summary>Headers of a stream: no cost, and earlier little else.</summary>
    public void SetStream(ProviderReply reply)
    {
        if (llm.Route == LlmRouteKind.Messages)
        {
            SetMessages(new Cost());
            return;
        }

        SetDeployment();
        CostParts.Set(llm.Call, new Cost());
        SetKey(0);
        if (_traits.StreamsLikePlain)
        {
            SetDurations(true, true);
            SetGroup();
            SetProvider(reply, 6, ("content-type", "text/event-stream; charset=utf-8"), ("transfer-encoding", "chunked"));
            Set("cache-control", "no-cache");
            Set("x-accel-buffering", "no");
        }
    }

    /// <summary>Headers of an error behind authentication.</summary>
    public void SetError()
    {
        var rule = llm.Route switch
        {
            LlmRouteKind.Embeddings => _traits.EmbeddingErrors,
            LlmRouteKind.Completions => EmbeddingErrorHeaders.None,
            LlmRouteKind.Messages when _traits.MessagesAreBare => EmbeddingErrorHeaders.None,
            _ => EmbeddingErrorHeaders.Full,
        };
        if (rule == EmbeddingErrorHeaders.None)
        {
            return;
        }

        Set("x-litellm-call-id", rule == EmbeddingErrorHeaders.Full ? llm.CallId : null);
        Set("x-litellm-version", llm.Route == LlmRouteKind.Chat ? null : llm.Personality.Version.Told);
        Set("x-litellm-response-cost", "0");
        SetKey(0);
        if (llm.Deployment is { } deployment)
        {
            Set("x-litellm-timeout", llm.ShownTimeout);
            Set(
                "x-litellm-model-id",
                _traits.ModelIdOnErrors || (_traits.ModelName && llm.Route is LlmRouteKind.Responses or LlmRouteKind.Messages)
                    ? deployment.Id
                    : null
            );
        }
    }

    /// <summary>A reply in Anthropic's form hides from LiteLLM what it notes on others: the provider's headers, durations,
    /// the cost.</summary>
    private void SetMessages(Cost cost)
    {
        Set("x-litellm-version", llm.Personality.Version.Told);
        SetKey(cost.Total);
        if (!_traits.MessagesAreBare)
        {
            Set("x-litellm-call-id", llm.CallId);
            Set("x-litellm-model-id", llm.Deployment!.Id);
        }
    }

    private void SetDeployment()
    {
        Set("x-litellm-call-id", llm.CallId);
        Set("x-litellm-model-id", llm.Deployment!.Id);
        Set("x-litellm-model-name", _traits.ModelName ? llm.Deployment.UnderlyingModel : null);
        Set("x-litellm-model-api-base", llm.Deployment.ApiBase);
        Set("x-litellm-version", llm.Personality.Version.Told);
    }

    private void SetKey(double cost)
    {
        var key = llm.Key;
        Set("x-litellm-key-tpm-limit", key.TpmLimit?.ToString(CultureInfo.InvariantCulture));
        Set("x-litellm-key-rpm-limit", key.RpmLimit?.ToString(CultureInfo.InvariantCulture));
        Set("x-litellm-key-max-budget", key.MaxBudget is { } max ? Json.Repr(max) : null);
        Set("x-litellm-key-spend", Json.Repr(llm.Call.KeySpend + (_traits.CostSplit == CostHeaders.None ? 0 : cost)));
    }

    private void SetDurations(bool response, bool overhead)
    {
        var elapsed = llm.Elapsed.TotalMilliseconds.ToString("0.0##", CultureInfo.InvariantCulture);
        Set("x-litellm-response-duration-ms", response ? elapsed : null);
        Set("x-litellm-overhead-duration-ms", overhead ? "1.0" : null);
        Set("x-litellm-callback-duration-ms", _traits.CallbackDuration ? Zero : null);
    }

    private void SetGroup()
    {
        Set("x-litellm-model-group", llm.Model);
        Set("x-litellm-attempted-retries", "0");
        Set("x-litellm-attempted-fallbacks", "0");
    }

    /// <summary>The provider's headers: all of them prefixed, the first few limits as they are.</summary>
    private void SetProvider(ProviderReply reply, int limits, params (string Name, string Value)[] transport)
    {
        foreach (var (name, value) in (IEnumerable<(string, string)>)[.. transport, .. reply.Headers])
        {
            Set($"llm_provider-{name}", value);
        }

        foreach (var (name, value) in reply.Headers)
        {
            if (name.StartsWith("x-ratelimit-", StringComparison.Ordinal) && limits-- > 0)
            {
                Set(name, value);
            }
        }
    }

    private void Set(string name, string? value) => llm.Call.SetHeader(name, value);
}
