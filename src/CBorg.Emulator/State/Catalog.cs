using System.Collections.Generic;

namespace CBorg.Emulator.State;

/// <summary>What an emulator starts with; see docs/emulator.md for the file's form.</summary>
internal sealed record Catalog(
    IReadOnlyList<Deployment> Deployments,
    IReadOnlyList<KeyRecord> Keys,
    IReadOnlyList<UserRecord> Users,
    IReadOnlyList<TeamRecord> Teams,
    bool Scripted,
    double RequestTimeout);
