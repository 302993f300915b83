using System;
using System.Collections.Generic;
using System.Net;
using CBorg.Core.Http;
using Xunit;

namespace CBorg.Core.Tests.Http;

public class ProxyRouteTests
{
    private static readonly Uri s_service = new("https://api.cborg.lbl.gov/");

    [Theory]
    [InlineData("HTTPS_PROXY=http://one:3128", "http://one:3128/", "from $env:HTTPS_PROXY")]
    [InlineData("https_proxy=http://one:3128", "http://one:3128/", "from $env:HTTPS_PROXY")]
    [InlineData("HTTPS_PROXY=one:3128", "http://one:3128/", "from $env:HTTPS_PROXY")]
    [InlineData("ALL_PROXY=socks5://two:1080", "socks5://two:1080/", "from $env:ALL_PROXY")]
    [InlineData("ALL_PROXY=http://two|HTTPS_PROXY=http://one", "http://one/", "from $env:HTTPS_PROXY")]
    [InlineData("HTTPS_PROXY=http://big|https_proxy=http://small", "http://small/", "from $env:HTTPS_PROXY")]
    [InlineData("HTTPS_PROXY=  |ALL_PROXY=http://two", "http://two/", "from $env:ALL_PROXY")]
    [InlineData("HTTPS_PROXY=http://one|NO_PROXY=example.com", "http://one/", "from $env:HTTPS_PROXY")]
    public void The_environments_proxy_is_taken(string variables, string proxy, string source)
    {
        ProxyRoute route = Find(s_service, variables)!;
        Assert.Equal(new Uri(proxy), route.Proxy.GetProxy(s_service));
        Assert.Equal(source, route.Source);
        Assert.False(route.IsOfSystem);
    }

    [Fact]
    public void A_user_in_the_variable_is_told_to_the_proxy_and_to_nobody_else()
    {
        ProxyRoute route = Find(s_service, "HTTPS_PROXY=http://me:p%40ss%3Aword@one:3128")!;
        NetworkCredential credential = route.Proxy.Credentials!.GetCredential(s_service, "Basic")!;
        Assert.Equal(("me", "p@ss:word"), (credential.UserName, credential.Password));
        Assert.DoesNotContain("word", route.Key, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_we_are_may_be_told_beside_the_variable()
    {
        NetworkCredential me = new("me", "word");
        ConnectionOptions options = new() { ProxyCredential = me };
        Assert.Same(me, ProxyRoute.Find(s_service, options, Environment("HTTPS_PROXY=http://one"))!.Proxy.Credentials);
        Assert.NotSame(
            me,
            ProxyRoute.Find(s_service, options, Environment("HTTPS_PROXY=http://you:other@one"))!.Proxy.Credentials
        );
    }

    [Theory]
    [InlineData("https://api.cborg.lbl.gov/", "HTTPS_PROXY=http://one|NO_PROXY=lbl.gov")]
    [InlineData("https://api.cborg.lbl.gov/", "HTTPS_PROXY=http://one|no_proxy=*")]
    [InlineData("https://localhost:8443/", "HTTPS_PROXY=http://one")]
    [InlineData("https://127.0.0.1/", "ALL_PROXY=http://one")]
    [InlineData("http://[::1]/", "ALL_PROXY=http://one")]
    public void Exceptions_and_this_machine_go_straight(string target, string variables) =>
        Assert.Null(Find(new Uri(target), variables));

    [Fact]
    public void A_proxy_that_was_named_outright_is_taken_whatever_the_environment_says()
    {
        ConnectionOptions options = new() { Proxy = new Uri("http://mine:8080") };
        ProxyRoute route = ProxyRoute.Find(
            new Uri("http://127.0.0.1/"),
            options,
            Environment("HTTPS_PROXY=http://one|NO_PROXY=*")
        )!;
        Assert.Equal(options.Proxy, route.Proxy.GetProxy(new Uri("http://127.0.0.1/")));
        Assert.Equal("from -Proxy", route.Source);
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP_PROXY=http://one")]
    [InlineData("HTTPS_PROXY=http://")]
    public void Without_one_for_https_the_system_decides(string variables) => Assert.True(Find(s_service, variables)!.IsOfSystem);

    [Fact]
    public void The_same_name_and_password_given_twice_share_their_connections_and_others_do_not()
    {
        Assert.Equal(KeyOf("me", "word"), KeyOf("me", "word"));
        Assert.NotEqual(KeyOf("me", "word"), KeyOf("me", "other"));
        Assert.NotEqual(KeyOf("me", "word"), KeyOf("you", "word"));
    }

    private static string KeyOf(string user, string word)
    {
        ConnectionOptions options = new()
        {
            Proxy = new Uri("http://mine:8080"),
            ProxyCredential = new NetworkCredential(user, word),
        };
        return ProxyRoute.Find(s_service, options, Environment(""))!.Key;
    }

    private static ProxyRoute? Find(Uri target, string variables) =>
        ProxyRoute.Find(target, new ConnectionOptions(), Environment(variables));

    private static HttpEnvironment Environment(string variables)
    {
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        foreach (string pair in variables.Split('|', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = pair.Split('=', 2);
            values[parts[0]] = parts[1];
        }

        return new HttpEnvironment { Variable = name => values.GetValueOrDefault(name) };
    }
}
