using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Xunit;

namespace CBorg.Module.Tests.Engine;

/// <summary>What a script wrote into each stream.</summary>
internal sealed class EngineRun(PowerShell shell, IReadOnlyList<PSObject?> output, ErrorRecord? ended)
{
    public IReadOnlyList<PSObject?> Output { get; } = output;

    /// <summary>What ended the script before its time; null when nothing did.</summary>
    public ErrorRecord? Ended { get; } = ended;

    public IReadOnlyList<ErrorRecord> Errors { get; } = [.. shell.Streams.Error];

    public IReadOnlyList<string> Warnings { get; } = [.. shell.Streams.Warning.Select(record => record.Message)];

    public IReadOnlyList<string> Verbose { get; } = [.. shell.Streams.Verbose.Select(record => record.Message)];

    public IReadOnlyList<string> Debug { get; } = [.. shell.Streams.Debug.Select(record => record.Message)];

    public IReadOnlyList<string> Information { get; } =
    [.. shell.Streams.Information.Select(record => record.MessageData?.ToString() ?? "")];

    public IReadOnlyList<ProgressRecord> Progress { get; } = [.. shell.Streams.Progress];

    public IReadOnlyList<string> Texts => [.. Output.Select(item => item?.ToString() ?? "")];

    public PSObject One => Assert.Single(Output)!;

    /// <summary>The one error, whether it ended the pipeline or not.</summary>
    public ErrorRecord Error => Ended ?? Assert.Single(Errors);

    /// <summary>Says that nothing went wrong.</summary>
    public EngineRun Done()
    {
        Assert.True(Ended is null, Ended?.ToString() + Ended?.ScriptStackTrace);
        Assert.True(Errors.Count == 0, string.Join("\n", Errors));
        return this;
    }
}
