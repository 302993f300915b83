using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace CBorg.Emulator.Ledgers;

/// <summary>What a test holds in its hands: the ledger, the faults, and the reset of both and of everything else that
/// changes.</summary>
internal sealed class Instruments
{
    private readonly List<Action> _resets = [];
    private readonly Dictionary<string, Func<JsonNode?>> _states = [];
    private readonly FaultRunner _faults;
    private readonly ControlRoutes _control;

    public Instruments(World world, string limitErrorType = "throttling_error")
    {
        World = world;
        Ledger = new Ledger(world);
        Queue = new FaultQueue();
        _faults = new FaultRunner(world, Queue, limitErrorType);
        _control = new ControlRoutes(this);
    }

    public World World { get; }

    public Ledger Ledger { get; }

    public FaultQueue Queue { get; }

    /// <summary>Adds something that a reset puts back.</summary>
    public void OnReset(Action reset) => _resets.Add(reset);

    /// <summary>Adds a member to the state.</summary>
    public void OnState(string name, Func<JsonNode?> state) => _states[name] = state;

    public void Reset()
    {
        Ledger.Clear();
        Queue.Clear();
        _resets.ForEach(reset => reset());
    }

    public JsonObject State()
    {
        var state = new JsonObject
        {
            ["in_flight"] = Ledger.InFlight,
            ["requests"] = Ledger.Count,
            ["faults"] = Queue.ToJson(),
        };
        foreach (var (name, read) in _states)
        {
            state[name] = read();
        }

        return state;
    }

    /// <summary>Puts control routes, ledger and faults before whatever handles requests.</summary>
    public void Use(IApplicationBuilder app)
    {
        app.Use((HttpContext context, RequestDelegate next) => _control.RunAsync(context, next));
        app.Use((HttpContext context, RequestDelegate next) => Ledger.RunAsync(context, next));
        app.Use((HttpContext context, RequestDelegate next) => _faults.RunAsync(context, next));
    }
}
