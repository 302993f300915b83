using System.Linq;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;
using CBorg.Emulator.Clocks;
using Xunit;

namespace CBorg.Emulator.Tests;

/// <summary>What the ledger says of keys and of clients that went away.</summary>
public sealed class KeyCountersTests
{
    [Fact]
    public async Task Rejections_are_counted_by_key_and_type()
    {
        var clock = TurnableClock.Manual();
        await using var caller = await Caller.StartAsync(
            "1.102",
            """{"role": "key", "rpm_limit": 3, "max_parallel_requests": 1, "tpm_limit": 1000}""",
            clock
        );

        var slow = caller.ChatAsync(model: "slow");
        await caller.UntilWaitingAsync(1);
        await caller.ChatAsync();
        await clock.AdvanceAsync(System.TimeSpan.FromSeconds(3));
        await slow;
        await caller.ChatAsync(members: ("max_tokens", 5000));
        await caller.ChatAsync();
        await caller.ChatAsync();

        var keys = (await caller.ControlAsync("GET", "ledger/keys")).Json.AsArray().Single()!;
        var rows = await caller.LedgerAsync();
        Assert.Equal("""{"max_parallel_requests":1,"requests":2,"tokens":1}""", keys["rejected"]!.ToJsonString());
        Assert.Equal(
            (5, 1, 0, 0, 2),
            (
                (int)keys["requests"]!,
                (int)keys["succeeded"]!,
                (int)keys["failed"]!,
                (int)keys["in_flight"]!,
                (int)keys["most_in_flight"]!
            )
        );
        Assert.Equal((17, 6), ((int)keys["prompt_tokens"]!, (int)keys["completion_tokens"]!));
        Assert.Equal(
            [null, "max_parallel_requests", "tokens", "requests", "requests"],
            rows.Select(row => (string?)row["rejected"])
        );
        Assert.All(rows, row => Assert.Equal((string?)keys["key_hash"], (string?)row["key_hash"]));
        Assert.Equal(8, ((string)keys["key_hash"]!).Length);
    }

    [Fact]
    public async Task A_budget_is_a_rejection_and_an_error_of_the_provider_is_none()
    {
        await using var caller = await Caller.StartAsync("1.102", """{"role": "key", "max_budget": 1, "spend": 2}""");

        await caller.ChatAsync();
        await caller.ChatAsync(model: "free");

        var keys = (await caller.ControlAsync("GET", "ledger/keys")).Json.AsArray().Single()!;
        Assert.Equal((1, 1, 0), ((int)keys["rejected"]!["budget"]!, (int)keys["succeeded"]!, (int)keys["failed"]!));
        await caller.ControlAsync("POST", "reset");
        Assert.Empty((await caller.ControlAsync("GET", "ledger/keys")).Json.AsArray());
    }

    [Fact]
    public async Task A_client_that_leaves_is_noted_at_once_with_the_time_on_the_clock()
    {
        var clock = TurnableClock.Manual();
        await using var caller = await Caller.StartAsync("1.102", """{"role": "key"}""", clock);

        using (var client = new TcpClient())
        {
            await client.ConnectAsync(caller.Host.Url.Host, caller.Host.Url.Port);
            var body = Requests.Chat("Hi");
            body["model"] = "slow";
            await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(caller.Raw("key", body)));
            await caller.UntilWaitingAsync(1);
            await clock.AdvanceAsync(System.TimeSpan.FromSeconds(1));
        }

        await Caller.UntilAsync(async () => (bool)(await caller.LedgerAsync()).Single()["client_closed"]!, "clients that left");
        var early = (await caller.LedgerAsync()).Single();
        await clock.AdvanceAsync(System.TimeSpan.FromSeconds(1));
        var late = (await caller.LedgerAsync()).Single();

        Assert.Equal((1000, null), ((double)early["client_closed_at"]!, (double?)early["ended"]));
        Assert.Equal((2000, 6), ((double)late["ended"]!, (int)late["completion_tokens"]!));
    }
}
