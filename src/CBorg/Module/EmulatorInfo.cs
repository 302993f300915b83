using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Security;

namespace CBorg;

/// <summary>A running offline CBorg. Its keys are its own and open nothing else.</summary>
public sealed class EmulatorInfo
{
    /// <summary>Its address; Connect-CBorg -BaseUri takes it from the pipeline.</summary>
    public Uri BaseUri { get; set; } = null!;

    /// <summary>Where its faults and its ledger are.</summary>
    public Uri ControlUri { get; set; } = null!;

    /// <summary>The process.</summary>
    public int ProcessId { get; set; }

    /// <summary>Which LiteLLM it behaves like.</summary>
    public string LiteLLM { get; set; } = "";

    /// <summary>The personal key, for Connect-CBorg -ApiKey.</summary>
    [Hidden]
    public SecureString ApiKey { get; set; } = new();

    /// <summary>All keys by what they are good for: personal, project, expired, blocked, overBudget ...</summary>
    [Hidden]
    public IReadOnlyDictionary<string, SecureString> Keys { get; set; } = new Dictionary<string, SecureString>();

    /// <inheritdoc/>
    public override string ToString() => $"{BaseUri} (LiteLLM {LiteLLM}, process {ProcessId})";
}
