using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Xunit;

namespace CBorg.Core.Tests.Fuzz;

/// <summary>
/// Recorded replies, changed at random: whatever a server sends, the client neither crashes nor hangs, and takes nothing
/// for an answer that is none. A case is made again with FuzzRun.OneAsync(seed, number).
/// </summary>
public class FuzzTests
{
    private const int Seed = 20261122;
    private const int Cases = 20_000;

    [Fact]
    public async Task Whatever_a_server_sends_there_is_an_answer_or_a_failure_that_can_be_understood()
    {
        IReadOnlyList<string> complaints = await FuzzRun.RunAsync(Seed, 0, Cases, Math.Min(2, Environment.ProcessorCount));
        Assert.True(complaints.Count == 0, string.Join("\n\n", complaints));
    }
}
