namespace CBorg.Emulator.Server;

/// <summary>Refuses calls of keys whose own, whose user's or whose team's budget is used up.</summary>
internal static class BudgetGate
{
    public static void Check(Call call, Route route)
    {
        if (ModelIsFree(call))
        {
            return;
        }

        if (call.Personality.Budgets.EveryRouteChecksUserAndTeam || (route.Access == RouteAccess.Llm && route.Method == "POST"))
        {
            CheckTeam(call);
            CheckUser(call);
        }

        if (route.Access == RouteAccess.Llm)
        {
            CheckKey(call);
        }
    }

    /// <summary>The later hook, in front of calls only, that free models do not escape.</summary>
    public static void CheckHook(Call call)
    {
        if (
            call.Personality.Budgets.UserHook
            && call.World.UserOf(call.Key) is { MaxBudget: { } max } user
            && user.Spend.Booked >= max
        )
        {
            throw new ProxyError(429, "throttling_error", "Max budget limit reached.", null);
        }
    }

    private static bool ModelIsFree(Call call)
    {
        if (Gate.ModelOf(call) is not { } model)
        {
            return false;
        }

        var any = false;
        foreach (var deployment in call.World.DeploymentsOf(model))
        {
            any = true;
            if (!IsFree(call.Personality.Budgets.Free, deployment))
            {
                return false;
            }
        }

        return any;
    }

    private static bool IsFree(FreeModels rule, Deployment deployment)
    {
        var (input, output) = (deployment.Price("input_cost_per_token"), deployment.Price("output_cost_per_token"));
        return rule switch
        {
            FreeModels.WithoutPrice => (input ?? 0) == 0 && (output ?? 0) == 0,
            FreeModels.WithExplicitZero => input == 0 && output == 0,
            _ => false,
        };
    }

    private static void CheckTeam(Call call)
    {
        if (call.World.TeamOf(call.Key) is { MaxBudget: { } max } team && team.Spend.Booked > max)
        {
            var cost = Json.Repr(team.Spend.Booked);
            throw Exceeded(call, $"Budget has been exceeded! Team={team.Id} Current cost: {cost}, Max budget: {Json.Repr(max)}");
        }
    }

    private static void CheckUser(Call call)
    {
        if (call.World.UserOf(call.Key) is { MaxBudget: { } max } user && user.Spend.Booked > max)
        {
            throw Exceeded(
                call,
                $"ExceededBudget: User={user.Id} over budget. Spend={Json.Repr(user.Spend.Booked)}, Budget={Json.Repr(max)}"
            );
        }
    }

    private static void CheckKey(Call call)
    {
        var key = call.Key;
        if (key.MaxBudget is { } max && key.Spend.Booked >= max)
        {
            var name = call.Personality.Budgets.NamesKey ? $"Key={key.Alias ?? key.Name} ({key.Name}) " : "";
            throw Exceeded(
                call,
                $"Budget has been exceeded! {name}Current cost: {Json.Repr(key.Spend.Booked)}, Max budget: {Json.Repr(max)}"
            );
        }
    }

    private static ProxyError Exceeded(Call call, string message) =>
        new(call.Personality.Budgets.Status, "budget_exceeded", message, null);
}
