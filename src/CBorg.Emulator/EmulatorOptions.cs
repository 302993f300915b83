namespace CBorg.Emulator;

/// <summary>How an emulator is started.</summary>
public sealed class EmulatorOptions
{
    /// <summary>The port on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The version of LiteLLM to behave like: 1.77 and later, as 1.81 or as 1.81.9.</summary>
    public string LiteLLM { get; init; } = "1.102";

    /// <summary>Models and keys: <c>cborg</c>, <c>recordings</c> or the path of a catalogue file.</summary>
    public string Catalog { get; init; } = "cborg";

    /// <summary>Milliseconds before a provider's first token.</summary>
    public int Latency { get; init; }

    /// <summary>Speed of a provider's tokens; 0 sends them at once.</summary>
    public double TokensPerSecond { get; init; }

    /// <summary>Time until the cost of a call shows in the information routes.</summary>
    public TimeSpan SpendLag { get; init; }

    /// <summary>Time between two writings of the database (10 to 15 s in real proxies), at which costs show; zero leaves it
    /// to the lag.</summary>
    public TimeSpan SpendBatches { get; init; }

    /// <summary>The clock of windows, budgets and every wait; a <see cref="Clocks.TurnableClock"/> can be turned, by its
    /// methods or by the control route.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
