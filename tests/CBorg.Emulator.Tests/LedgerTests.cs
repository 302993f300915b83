using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Xunit;

namespace CBorg.Emulator.Tests;

public class LedgerTests : IAsyncLifetime
{
    private FaultBench _bench = null!;

    public async Task InitializeAsync() => _bench = await FaultBench.StartAsync();

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task A_request_is_noted_with_what_it_used()
    {
        await _bench.AskAsync(null);
        var entry = (await LedgerAsync()).Single();
        Assert.Equal(1, (int)entry["sequence"]!);
        Assert.Equal("sk-..." + _bench.Key[^4..], (string?)entry["key"]);
        Assert.Equal(
            ("personal", "POST", "/v1/chat/completions", "gpt-4o"),
            ((string?)entry["key_role"], (string?)entry["method"], (string?)entry["path"], (string?)entry["model"])
        );
        Assert.Equal(
            (true, 200, "call", "deployment"),
            ((bool)entry["stream"]!, (int)entry["status"]!, (string?)entry["call_id"], (string?)entry["model_id"])
        );
        Assert.Equal((9, 4, 0.25), ((int)entry["prompt_tokens"]!, (int)entry["completion_tokens"]!, (double)entry["cost"]!));
        Assert.True(
            (double)entry["started"]! <= (double)entry["first_byte"]! && (double)entry["first_byte"]! <= (double)entry["ended"]!
        );
        Assert.Equal(
            (false, 1, "bench"),
            ((bool)entry["client_closed"]!, (int)entry["in_flight"]!, (string?)entry["headers"]!["user-agent"])
        );
        Assert.Null(entry["fault"]);
    }

    [Fact]
    public async Task The_key_itself_is_nowhere()
    {
        await _bench.AskAsync("status:500");
        Assert.DoesNotContain(
            _bench.Key,
            (await _bench.ControlAsync("GET", "ledger?body=true")).ToJsonString(),
            System.StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Faulted_requests_are_noted_with_their_fault()
    {
        await _bench.AskAsync("status:503");
        await _bench.AskAsync("refuse");
        await _bench.AskAsync("reset-mid-stream:after=1");
        await _bench.AskAsync("nonsense");
        var entries = await LedgerAsync();
        Assert.Equal(
            ["status:503", "refuse", "reset-mid-stream:after=1", null],
            entries.Select(entry => (string?)entry["fault"])
        );
        Assert.Equal([503, null, 200, 400], entries.Select(entry => (int?)entry["status"]));
        Assert.All(entries, entry => Assert.False((bool)entry["client_closed"]!));
    }

    [Fact]
    public async Task Requests_at_once_are_in_flight_together()
    {
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => _bench.AskAsync("stall-before-headers:200")));
        Assert.Equal([1, 2, 3], (await LedgerAsync()).Select(entry => (int)entry["in_flight"]!).Order());
        Assert.Equal(0, (int)(await _bench.ControlAsync("GET", "state"))["in_flight"]!);
    }

    [Fact]
    public async Task The_ledger_can_be_filtered()
    {
        await _bench.AskAsync(null);
        await _bench.AskAsync(null, model: "other");
        await _bench.AskAsync(null, path: "/embeddings");
        Assert.Equal(2, (int)(await LedgerAsync("?model=other")).Single()["sequence"]!);
        Assert.Equal(3, (int)(await LedgerAsync("?path=embeddings")).Single()["sequence"]!);
        Assert.Equal([2, 3], (await LedgerAsync("?since=1")).Select(entry => (int)entry["sequence"]!));
        Assert.Equal(3, (await LedgerAsync("?key=personal")).Length);
        Assert.Empty(await LedgerAsync("?key=project"));
        Assert.Contains("\"Hi\"", (string)(await LedgerAsync("?body=true"))[0]["body"]!, System.StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reset_clears_ledger_faults_and_whatever_else_was_added()
    {
        var resets = 0;
        _bench.Instruments.OnReset(() => resets++);
        _bench.Instruments.OnState("resets", () => resets);
        await _bench.AskAsync(null);
        await _bench.ControlAsync("POST", "faults", "[\"status:503\"]");
        Assert.Equal(
            (1, 1),
            (
                (int)(await _bench.ControlAsync("GET", "state"))["requests"]!,
                (await _bench.ControlAsync("GET", "state"))["faults"]!.AsArray().Count
            )
        );
        await _bench.ControlAsync("POST", "reset");
        var state = await _bench.ControlAsync("GET", "state");
        Assert.Equal("""{"in_flight":0,"requests":0,"faults":[],"resets":1}""", state.ToJsonString());
        Assert.Equal(200, (await _bench.AskAsync(null)).Status);
        Assert.Equal(1, (int)(await LedgerAsync()).Single()["sequence"]!);
    }

    private async Task<JsonNode[]> LedgerAsync(string query = "") =>
        (await _bench.ControlAsync("GET", "ledger" + query)).AsArray().Select(entry => entry!).ToArray();
}
