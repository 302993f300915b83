namespace CBorg.Emulator.Chat;

/// <summary>Chooses a deployment of a model; those that failed rest for a while.</summary>
internal sealed class Router(World world, Personality personality)
{
    private static readonly TimeSpan s_rest = TimeSpan.FromSeconds(5);

    private readonly object _lock = new();
    private readonly Dictionary<string, (DateTimeOffset Until, TimeSpan Length)> _resting = [];
    private int _turn;

    public Deployment Choose(string model, int promptTokens)
    {
        lock (_lock)
        {
            var now = world.Now;
            var all = world.DeploymentsOf(model).ToList();
            var awake = all.Where(d => !IsResting(d, now)).ToList();
            if (awake.Count == 0)
            {
                throw AllRest(model, all, now);
            }

            var large = awake.Where(d => Window(d) is not { } window || promptTokens <= window).ToList();
            return large.Count > 0 ? large[_turn++ % large.Count] : throw TooLong(model, awake[0], promptTokens);
        }
    }

    /// <summary>Sends a deployment to rest when the failure is one that a pause may heal.</summary>
    public void Failed(Deployment deployment, int status, TimeSpan? retryAfter)
    {
        if (status is 401 or 404 or 408 or 429 or >= 500)
        {
            lock (_lock)
            {
                var rest = retryAfter ?? s_rest;
                _resting[deployment.Id] = (world.Now + rest, rest);
            }
        }
    }

    public void Reset()
    {
        lock (_lock)
        {
            _resting.Clear();
        }
    }

    private bool IsResting(Deployment deployment, DateTimeOffset now) =>
        _resting.TryGetValue(deployment.Id, out var rest) && rest.Until > now;

    private static int? Window(Deployment deployment) => (int?)Json.Number(deployment.Info["max_input_tokens"]);

    private ProxyError AllRest(string model, List<Deployment> all, DateTimeOffset now)
    {
        var seconds = (int)Math.Ceiling(all.Min(d => _resting[d.Id].Length).TotalSeconds);
        var list = string.Join(", ", _resting.Where(r => r.Value.Until > now).Select(r => $"'{r.Key}'"));
        var errors = personality.Errors;
        return new ProxyError(
            429,
            errors.TypeFollowsStatus ? "internal_server_error" : "None",
            $"No deployments available for selected model, Try again in {seconds} seconds. "
                + $"Passed model={model}. pre-call-checks=True, cooldown_list=[{list}]",
            errors.TypeFollowsStatus ? null : "None"
        )
        {
            Headers = errors.RestingHasRetryAfter ? [("retry-after", $"{seconds}")] : [],
        };
    }

    private ProxyError TooLong(string model, Deployment deployment, int promptTokens) =>
        LiteLlmError.Of(
            personality,
            400,
            "litellm.ContextWindowExceededError: litellm.BadRequestError: litellm._pre_call_checks: Context Window exceeded for given call. "
                + "No models have context window large enough for this call.\n"
                + $"Model={deployment.UnderlyingModel}, Max Input Tokens={Window(deployment)}, Got={promptTokens}{LiteLlmError.ContextHint(model)}",
            model
        );
}
