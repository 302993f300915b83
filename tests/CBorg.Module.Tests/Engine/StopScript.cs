namespace CBorg.Module.Tests.Engine;

/// <summary>
/// The pipeline that is ended. Its first row is under way before the second comes, so that each knows its fate; only an
/// answer that streams against a slow command is alone.
/// To the script $signs are the <see cref="StopSigns"/>. Its waits can be stopped, as those of a user's commands can.
/// </summary>
internal static class StopScript
{
    public static string Of(string cmdlet, StopState state, StopWay way) =>
        $"param($signs); {Rows(cmdlet, state)} | {Call(cmdlet, state)}{Removal(way)}{Slow(state)}{End(way)}";

    private static string Rows(string cmdlet, StopState state)
    {
        string gate = "while (-not $signs.Gate.WaitOne(20)) { }";
        return (cmdlet, state) switch
        {
            (StopPairs.Chat, StopState.SlowDownstream) => $"'{StopStub.Second}'",
            (StopPairs.Chat, _) => $"& {{ '{StopStub.First}'; {gate}; '{StopStub.Second}' }}",

            // A batch goes when a text comes that it has no room for.
            _ => $"& {{ @('{StopStub.First}') * 128; '{StopStub.Second}'; {gate} }}",
        };
    }

    private static string Call(string cmdlet, StopState state)
    {
        string model = cmdlet == StopPairs.Chat ? "priced" : "v";
        string stream = cmdlet == StopPairs.Chat && state is StopState.MidStream or StopState.SlowDownstream ? "-Stream" : "";
        return $"{cmdlet} -Model {model} -ThrottleLimit 2 -Verbose {(cmdlet == StopPairs.Chat ? stream : "")}";
    }

    private static string Removal(StopWay way) =>
        way == StopWay.RemovedDownstream
            ? " | ForEach-Object { Remove-Module CBorg; $null = $signs.Removed.TrySetResult(); $_ }"
            : "";

    private static string Slow(StopState state) =>
        state == StopState.SlowDownstream
            ? " | ForEach-Object { $null = $signs.Slow.TrySetResult(); while (-not $signs.GoOn.WaitOne(20)) { }; $_ }"
            : "";

    private static string End(StopWay way) =>
        way switch
        {
            StopWay.First => " | Select-Object -First 1",
            StopWay.Throw => " | ForEach-Object { throw 'down' }",
            _ => "",
        };
}
