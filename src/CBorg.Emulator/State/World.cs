using System.Collections.Concurrent;

namespace CBorg.Emulator.State;

/// <summary>Everything that can change while an emulator runs.</summary>
internal sealed class World
{
    private readonly ConcurrentDictionary<string, KeyRecord> _keysByHash;
    private readonly long _start;

    public World(Catalog catalog, EmulatorOptions options)
    {
        Catalog = catalog;
        Options = options;
        Clock = options.Clock;
        Waits = new Waits(Clock);
        _start = Clock.GetTimestamp();
        _keysByHash = new(catalog.Keys.Select(k => KeyValuePair.Create(k.Hash, k)));
        Users = catalog.Users.ToDictionary(u => u.Id);
        Teams = catalog.Teams.ToDictionary(t => t.Id);
        Journal = JournalReader.Read(options.Catalog);
    }

    public Catalog Catalog { get; }

    public EmulatorOptions Options { get; }

    public TimeProvider Clock { get; }

    public Waits Waits { get; }

    public IReadOnlyDictionary<string, UserRecord> Users { get; }

    public IReadOnlyDictionary<string, TeamRecord> Teams { get; }

    /// <summary>Daily activity and spend logs.</summary>
    public Journal Journal { get; private set; }

    public DateTimeOffset Now => Clock.GetUtcNow();

    /// <summary>Time on the clock since the start.</summary>
    public TimeSpan Age => Clock.GetElapsedTime(_start);

    public KeyRecord? FindKey(string key) =>
        _keysByHash.GetValueOrDefault(KeyHash.Of(key))
        ?? Catalog.Keys.FirstOrDefault(k => k.IsPrefix && key.StartsWith(k.Key.TrimEnd('*'), StringComparison.Ordinal));

    public KeyRecord? FindKeyByHash(string hash) => _keysByHash.GetValueOrDefault(hash);

    public UserRecord? UserOf(KeyRecord key) => key.UserId is { } id ? Users.GetValueOrDefault(id) : null;

    public TeamRecord? TeamOf(KeyRecord key) => key.TeamId is { } id ? Teams.GetValueOrDefault(id) : null;

    public IEnumerable<Deployment> DeploymentsOf(string model) => Catalog.Deployments.Where(d => d.Name == model);

    /// <summary>Books a call's cost on the key and whoever pays for it.</summary>
    public void Charge(KeyRecord key, double cost)
    {
        var visibleFrom = VisibleFrom();
        key.Spend.Add(cost, visibleFrom);
        UserOf(key)?.Spend.Add(cost, visibleFrom);
        TeamOf(key)?.Spend.Add(cost, visibleFrom);
    }

    /// <summary>Back to what the catalogue says.</summary>
    public void Reset()
    {
        var ofOwners = Catalog.Users.Select(u => u.Spend).Concat(Catalog.Teams.Select(t => t.Spend));
        foreach (var spend in Catalog.Keys.Select(k => k.Spend).Concat(ofOwners))
        {
            spend.Reset();
        }

        Journal = JournalReader.Read(Options.Catalog);
    }

    /// <summary>Enters a finished call into the books; its cost is charged apart.</summary>
    public void Record(SpentCall call) => Journal.Add(call, VisibleFrom());

    /// <summary>When what is booked now can be read: at the next writing of the database, or after the lag.</summary>
    private DateTimeOffset VisibleFrom()
    {
        if (Options.SpendBatches <= TimeSpan.Zero)
        {
            return Now + Options.SpendLag;
        }

        var age = Age;
        return Now + (((Math.Floor(age / Options.SpendBatches) + 1) * Options.SpendBatches) - age);
    }
}
