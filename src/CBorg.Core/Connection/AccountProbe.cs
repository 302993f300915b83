using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Http;
using CBorg.Core.Models;
using CBorg.Core.Resilience;
using CBorg.Core.Spend;
using CBorg.Core.Wire;

namespace CBorg.Core.Connection;

/// <summary>Asks what the key may do and has left.</summary>
internal sealed class AccountProbe(JsonCaller caller, ModelCatalog catalog, SpendService spend, IClock clock)
{
    private const string MayNotAsk = "The key may not ask about itself (/key/info)";

    private static readonly TimeSpan s_soon = TimeSpan.FromDays(14);

    private bool _mayNotAsk;

    public async Task<CheckResult> KeyAsync(CancellationToken cancellationToken)
    {
        try
        {
            KeyRecord key = await caller
                .SendAsync(Once("/key/info"), KeyReading.Read, null, cancellationToken)
                .ConfigureAwait(false);
            return Key(key.Info);
        }
        catch (CBorgBudgetException)
        {
            return CheckResult.Passed("The proxy knows the key; more it does not say, because a budget is used up.");
        }
        catch (CBorgException e) when (e.Kind is ErrorKind.RouteNotAllowed or ErrorKind.NotFound or ErrorKind.ProxyFault)
        {
            return await KeyByUseAsync(e, cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task<CheckResult> ModelsAsync(CancellationToken cancellationToken)
    {
        try
        {
            return Visible((await catalog.GetAsync(refresh: true, null, cancellationToken).ConfigureAwait(false)).Count);
        }
        catch (CBorgBudgetException)
        {
            return CheckResult.Skipped("The proxy does not list models, because a budget is used up.");
        }
        catch (CBorgException e) when (e.Kind is ErrorKind.RouteNotAllowed or ErrorKind.ProxyFault)
        {
            CheckResult names = Visible(await CountAsync(cancellationToken).ConfigureAwait(false));
            return names.Outcome != CheckOutcome.Passed
                ? names
                : CheckResult.Warning(
                    $"{names.Detail} Their prices and limits are barred (/model/info).",
                    "Costs will be unknown where the proxy does not tell them."
                );
        }
    }

    public async Task<CheckResult> BudgetAsync(CancellationToken cancellationToken) =>
        _mayNotAsk
            ? CheckResult.Skipped($"{MayNotAsk}.")
            : BudgetCheck.Of(await spend.GetSpendAsync(null, cancellationToken).ConfigureAwait(false));

    /// <summary>
    /// A key that may not ask about itself is good when it may ask for models. The oldest versions answer what is barred with a
    /// bare 500.
    /// </summary>
    private async Task<CheckResult> KeyByUseAsync(CBorgException failure, CancellationToken cancellationToken)
    {
        try
        {
            await CountAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (CBorgException e) when (e.Kind == failure.Kind)
        {
            return CheckResult.Failed(failure.Message, failure.Advice);
        }

        _mayNotAsk = true;
        return CheckResult.Passed($"The key works. {MayNotAsk}.");
    }

    private CheckResult Key(KeyInfo key)
    {
        string whose =
            key.UserId is { } user ? $"of {user}"
            : key.TeamId is { } team ? $"of team {team}"
            : "of a project, without a user";
        string detail = $"{key}, {whose}";
        if (key.Blocked == true)
        {
            return CheckResult.Failed($"{detail}, is blocked.", ErrorTable.Of(ErrorKind.KeyBlocked).Advice(null));
        }

        if (key.Expires is not { } end)
        {
            return CheckResult.Passed($"{detail}, does not expire.");
        }

        string until = FormattableString.Invariant($"{detail}, expires on {end.UtcDateTime:yyyy-MM-dd}.");
        return end - clock.UtcNow < s_soon
            ? CheckResult.Warning(until, "Make a new one in time: /key/manage on the service's address.")
            : CheckResult.Passed(until);
    }

    private Task<int> CountAsync(CancellationToken cancellationToken) =>
        caller.SendAsync(Once("/models"), root => root.Items("data").Count(), null, cancellationToken);

    private static CheckResult Visible(int count) =>
        count > 0
            ? CheckResult.Passed($"{count} {(count == 1 ? "model" : "models")}.")
            : CheckResult.Warning("The key sees no models.", "Ask whoever gave it to you which models it may use.");

    private static CallRequest Once(string path) => new() { Path = path, MaximumRetryCount = 0 };
}
