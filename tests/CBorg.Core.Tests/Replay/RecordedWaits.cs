using System;

namespace CBorg.Core.Tests.Replay;

/// <summary>How long the recorded errors ask to wait, in whatever form their version does, and which limit they name.</summary>
internal static class RecordedWaits
{
    public static double? Seconds(Expected row) =>
        row switch
        {
            _ when LimitType(row) is not null => 60,
            { Kind: nameof(ErrorKind.ProviderLimit) } when Begins(row, "gemini") => 31.5,
            _ when Begins(row, "provider-429-ms") || Begins(row, "provider-429-bare") => null,
            { Kind: nameof(ErrorKind.ProviderLimit) } when Begins(row, "provider") || Begins(row, "router-cooldown-429") => 20,
            { Kind: nameof(ErrorKind.Resting) } => Begins(row, "router-cooldown-429") ? 20 : 5,
            _ => null,
        };

    public static string? LimitType(Expected row) =>
        row.Kind switch
        {
            // On this route 1.77 has no headers at all.
            _ when row.Name == "limit-rpm-embeddings" && row.Folder.StartsWith("1.77", StringComparison.Ordinal) => null,
            nameof(ErrorKind.RequestLimit) => "requests",
            nameof(ErrorKind.TokenLimit) => "tokens",
            nameof(ErrorKind.ParallelLimit) => "max_parallel_requests",
            _ => null,
        };

    private static bool Begins(Expected row, string start) => row.Name.StartsWith(start, StringComparison.Ordinal);
}
