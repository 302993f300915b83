using System;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Http;
using CBorg.Core.Resilience;

namespace CBorg.Core.Spend;

/// <summary>Asks for the key and for its budget.</summary>
internal sealed class SpendService(JsonCaller caller, IClock clock)
{
    public async Task<KeyInfo> GetKeyAsync(Action<CallEvent>? onEvent, CancellationToken cancellationToken) =>
        (await KeyAsync(onEvent, cancellationToken).ConfigureAwait(false)).Info;

    public Task<KeyRecord> KeyAsync(Action<CallEvent>? onEvent, CancellationToken cancellationToken) =>
        caller.GetAsync("/key/info", KeyReading.Read, onEvent, cancellationToken);

    /// <summary>
    /// The personal budget, or the key's own. The key comes first: it says whether there is a user to ask for, and so whose
    /// figures are to be believed.
    /// </summary>
    public async Task<SpendInfo> GetSpendAsync(Action<CallEvent>? onEvent, CancellationToken cancellationToken)
    {
        try
        {
            KeyInfo? key = await KeyOrNullAsync(onEvent, cancellationToken).ConfigureAwait(false);
            return key is null
                ? await OfUserAloneAsync(onEvent, cancellationToken).ConfigureAwait(false)
                : await OfAsync(key, onEvent, cancellationToken).ConfigureAwait(false);
        }
        catch (CBorgBudgetException refusal) when (BudgetText.Read(refusal.Facts.ServerMessage) is { } told)
        {
            return Info(told.Scope, told.Name, told.Spend, told.MaxBudget);
        }
    }

    private async Task<SpendInfo> OfAsync(KeyInfo key, Action<CallEvent>? onEvent, CancellationToken cancellationToken)
    {
        UserRecord? user = key.UserId is null ? null : await UserOrNullAsync(onEvent, cancellationToken).ConfigureAwait(false);

        // Some versions answer a key with what is another's.
        bool isOwn = user is not null && string.Equals(user.UserId, key.UserId, StringComparison.OrdinalIgnoreCase);
        return isOwn && (user!.MaxBudget is not null || key.MaxBudget is null)
            ? OfUser(user)
            : Info("Key", key.Alias ?? key.Key, key.Spend, key.MaxBudget, key.BudgetDuration, key.BudgetResetAt);
    }

    /// <summary>For keys that may not ask about themselves.</summary>
    private async Task<SpendInfo> OfUserAloneAsync(Action<CallEvent>? onEvent, CancellationToken cancellationToken)
    {
        UserRecord? user = await caller.GetAsync("/user/info", UserRecord.Read, onEvent, cancellationToken).ConfigureAwait(false);
        return user?.UserId is not null
            ? OfUser(user)
            : throw Failures.Create(
                ErrorKind.RouteNotAllowed,
                "This key may not ask for its own budget, and belongs to no user whose budget it could ask for.",
                "Ask whoever gave it to you what may be spent with it."
            );
    }

    private async Task<KeyInfo?> KeyOrNullAsync(Action<CallEvent>? onEvent, CancellationToken cancellationToken)
    {
        try
        {
            return await GetKeyAsync(onEvent, cancellationToken).ConfigureAwait(false);
        }
        catch (CBorgException e) when (e.Kind is ErrorKind.RouteNotAllowed or ErrorKind.NotFound)
        {
            return null;
        }
    }

    /// <summary>The key is known to be good here, so that a 401 means the question and not the key.</summary>
    private async Task<UserRecord?> UserOrNullAsync(Action<CallEvent>? onEvent, CancellationToken cancellationToken)
    {
        try
        {
            return await caller.GetAsync("/user/info", UserRecord.Read, onEvent, cancellationToken).ConfigureAwait(false);
        }
        catch (CBorgException e) when (e.Kind is ErrorKind.NotFound or ErrorKind.RouteNotAllowed or ErrorKind.KeyUnknown)
        {
            return null;
        }
    }

    private SpendInfo OfUser(UserRecord user) =>
        Info("User", user.UserId, user.Spend, user.MaxBudget, user.BudgetDuration, user.BudgetResetAt);

    private SpendInfo Info(
        string scope,
        string? name,
        decimal? spend,
        decimal? budget,
        string? duration = null,
        DateTimeOffset? resetAt = null
    ) =>
        new()
        {
            Scope = scope,
            Name = name,
            Spend = spend,
            MaxBudget = budget,
            Remaining = budget - spend is { } left ? Math.Max(0, left) : null,
            PercentUsed =
                budget is { } limit && spend is { } used
                    ? limit > 0
                        ? (double)(100 * used / limit)
                        : 100
                    : null,
            BudgetDuration = duration,
            BudgetResetAt = resetAt,
            AsOf = clock.UtcNow,
        };
}
