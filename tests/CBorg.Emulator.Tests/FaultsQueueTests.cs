using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace CBorg.Emulator.Tests;

public class FaultsQueueTests : IAsyncLifetime
{
    private FaultBench _bench = null!;

    public async Task InitializeAsync() => _bench = await FaultBench.StartAsync();

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task Each_entry_befalls_one_request_in_order()
    {
        await _bench.ControlAsync("POST", "faults", """["status:503", {"script":"limit:requests","count":2}]""");
        Assert.Equal("503, 429, 429, 200", await StatusesAsync(4));
        Assert.Empty((await _bench.ControlAsync("GET", "faults")).AsArray());
    }

    [Fact]
    public async Task Filters_choose_the_request()
    {
        await _bench.ControlAsync(
            "POST",
            "faults",
            """[{"script":"status:500","model":"other"},{"script":"status:501","path":"/embeddings"},{"script":"status:502","key":"project"},{"script":"status:504","key":"personal","path":"chat/completions","model":"gpt-4o"}]"""
        );
        Assert.Equal(504, (await _bench.AskAsync(null)).Status);
        Assert.Equal(200, (await _bench.AskAsync(null)).Status);
        Assert.Equal(501, (await _bench.AskAsync(null, path: "/v1/embeddings")).Status);
        Assert.Equal(500, (await _bench.AskAsync(null, model: "other")).Status);
        Assert.Single((await _bench.ControlAsync("GET", "faults")).AsArray());
    }

    [Fact]
    public async Task A_path_is_meant_without_its_query()
    {
        await _bench.ControlAsync("POST", "faults", """[{"script":"status:503","path":"daily/activity"}]""");
        Assert.Equal(503, (await _bench.AskAsync(null, path: "/user/daily/activity?page=1")).Status);
    }

    [Fact]
    public async Task Skip_lets_requests_pass_and_count_0_never_ends()
    {
        await _bench.ControlAsync("POST", "faults", """[{"script":"status:503","skip":2,"count":0}]""");
        Assert.Equal("200, 200, 503, 503, 503", await StatusesAsync(5));
        await _bench.ControlAsync("DELETE", "faults");
        Assert.Equal("200", await StatusesAsync(1));
    }

    [Fact]
    public async Task The_header_goes_first()
    {
        await _bench.ControlAsync("POST", "faults", "\"status:503\"");
        Assert.Equal(418, (await _bench.AskAsync("status:418")).Status);
        Assert.Equal("503, 200", await StatusesAsync(2));
    }

    [Theory]
    [InlineData("""["status:503","nonsense"]""")]
    [InlineData("""[{"count":1}]""")]
    [InlineData("""[7]""")]
    [InlineData("not json")]
    public async Task A_bad_list_is_refused_as_a_whole(string list)
    {
        var answer = await _bench.ControlAsync("POST", "faults", list);
        Assert.Equal("fault_script_error", (string)answer["error"]!["type"]!);
        Assert.Equal("200", await StatusesAsync(1));
    }

    private async Task<string> StatusesAsync(int requests)
    {
        var statuses = new int[requests];
        for (var i = 0; i < requests; i++)
        {
            statuses[i] = (await _bench.AskAsync(null)).Status;
        }

        return string.Join(", ", statuses);
    }
}
