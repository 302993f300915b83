using System;
using System.Threading.Tasks;
using CBorg.Core.Http;
using CBorg.Core.Limits;
using CBorg.Core.Resilience;
using CBorg.Core.Tests.Infrastructure;
using CBorg.Core.Tests.Stub;
using Xunit;

namespace CBorg.Core.Tests.Connection;

/// <summary>CBorg has several addresses and is one service: what is known of its limits and models holds for all of
/// them.</summary>
public class SameServiceTests
{
    [Theory]
    [InlineData(null, "https://api.cborg.lbl.gov")]
    [InlineData(null, "https://API.cborg.lbl.gov:443/v1/")]
    [InlineData(null, "https://api-local.cborg.lbl.gov/")]
    [InlineData(ServiceEndpoint.Public, "https://elsewhere")]
    [InlineData(ServiceEndpoint.Local, "https://elsewhere")]
    [InlineData(ServiceEndpoint.Auto, "https://elsewhere")]
    public void All_of_CBorgs_addresses_are_one_service(ServiceEndpoint? endpoint, string address) =>
        Assert.Equal("cborg", ServiceOf(endpoint, address));

    [Theory]
    [InlineData("http://127.0.0.1:4000", "http://127.0.0.1:4000/")]
    [InlineData("https://api.cborg.lbl.gov:8443", "https://api.cborg.lbl.gov:8443/")]
    [InlineData("https://api.cborg.lbl.gov/other", "https://api.cborg.lbl.gov/other/")]
    [InlineData("https://api.cborg.lbl.gov.example", "https://api.cborg.lbl.gov.example/")]
    public void Any_other_address_is_a_service_of_its_own(string address, string service) =>
        Assert.Equal(service, ServiceOf(null, address));

    [Fact]
    public void The_limiter_is_shared_by_service_and_key()
    {
        string key = $"sk-{Guid.NewGuid():N}";
        Assert.Same(ProcessState.Current.Account("cborg", key, true), ProcessState.Current.Account("cborg", key, true));
        Assert.NotSame(ProcessState.Current.Account("cborg", key, true), ProcessState.Current.Account("cborg", key + "2", true));
        Assert.NotSame(ProcessState.Current.Account("cborg", key, true), ProcessState.Current.Account("other", key, true));
        Assert.NotSame(ProcessState.Current.Account("cborg", key, true), ProcessState.Current.Account("cborg", key, false));
    }

    [Fact]
    public async Task A_catalogue_that_the_first_client_could_not_fetch_is_fetched_by_the_next_on_its_own_way()
    {
        using StubServer server = new(("/model/info", """{"data":[{"model_name":"a"}]}"""));
        SharedState shared = new(SystemClock.Instance, new PrivateStore());
        ICBorgClient lost = Client(new Uri("http://127.0.0.1:1"), shared);
        ICBorgClient good = Client(server.Address, shared);
        await Assert.ThrowsAnyAsync<CBorgException>(() => lost.GetModelsAsync(false, null, default).Soon());
        Assert.Equal("a", Assert.Single(await good.GetModelsAsync(false, null, default).Soon()).Name);
        Assert.Equal("a", Assert.Single(lost.CachedModels!).Name);
    }

    private static string ServiceOf(ServiceEndpoint? endpoint, string address)
    {
        ConnectionOptions options = new() { Endpoint = endpoint, BaseUri = new Uri(address) };
        return Endpoints
            .Of(
                options,
                new HttpStack(options, HttpEnvironment.Machine),
                FakeClock.Skipping(),
                new ProcessState(FakeClock.Skipping())
            )
            .Service;
    }

    private static CBorgClient Client(Uri address, SharedState shared)
    {
        ConnectionOptions options = new()
        {
            BaseUri = address,
            ApiKey = () => Clients.Key,
            MaximumRetryCount = 0,
        };
        HttpStack stack = new(options, HttpEnvironment.Machine);
        IEndpoint endpoint = Endpoints.Of(options, stack, SystemClock.Instance, ProcessState.Current);
        return new CBorgClient(
            new ClientServices(
                options,
                endpoint,
                stack,
                shared,
                new ServiceState(SystemClock.Instance),
                SystemClock.Instance,
                RetryPolicy.Default
            ),
            options
        );
    }
}
