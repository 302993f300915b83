using System;
using System.Collections.Generic;
using System.Linq;
using CBorg.Emulator.Info;

namespace CBorg.Emulator;

/// <summary>The one place with what differs between the generations of LiteLLM.</summary>
internal sealed record Personality
{
    /// <summary>The generation: 1.77, 1.81 or 1.102.</summary>
    public required string Name { get; init; }

    /// <summary>The full version, as headers and readiness tell it.</summary>
    public required string Version { get; init; }

    /// <summary>What differs in the information routes.</summary>
    public required InfoTraits Info { get; init; }

    public static Personality V177 { get; } = new()
    {
        Name = "1.77",
        Version = "1.77.2",
        Info = InfoTraits.V177,
    };

    public static Personality V181 { get; } = new()
    {
        Name = "1.81",
        Version = "1.81.9",
        Info = InfoTraits.V181,
    };

    public static Personality V1102 { get; } = new()
    {
        Name = "1.102",
        Version = "1.102.4",
        Info = InfoTraits.V1102,
    };

    public static IReadOnlyList<Personality> All { get; } = [V177, V181, V1102];

    public static Personality For(string name) =>
        All.FirstOrDefault(p => p.Name == name) ?? throw new ArgumentException($"--litellm is one of {string.Join(", ", All.Select(p => p.Name))}, not '{name}'.");
}
