using System;
using System.Collections.Generic;
using System.Linq;
using CBorg.Emulator.Traits;

namespace CBorg.Emulator;

/// <summary>What differs between the generations of LiteLLM, as named traits; <see cref="Personalities"/> has the three sets of them.</summary>
internal sealed record Personality
{
    /// <summary>The generation: 1.77, 1.81 or 1.102.</summary>
    public required string Name { get; init; }

    /// <summary>The full version, as headers and readiness tell it.</summary>
    public required string Version { get; init; }

    public required AuthTraits Auth { get; init; }

    public required BudgetTraits Budgets { get; init; }

    public required ErrorTraits Errors { get; init; }

    public required HeaderTraits Headers { get; init; }

    public required ReplyTraits Replies { get; init; }

    public required StreamTraits Streams { get; init; }

    public required LimitTraits Limits { get; init; }

    public required InfoTraits Info { get; init; }

    public static IReadOnlyList<Personality> All => [Personalities.V177, Personalities.V181, Personalities.V1102];

    public static Personality For(string name) =>
        All.FirstOrDefault(p => p.Name == name)
            ?? throw new ArgumentException($"--litellm is one of {string.Join(", ", All.Select(p => p.Name))}, not '{name}'.");
}
