using CBorg.Core.Http;
using Xunit;

namespace CBorg.Core.Tests.Http;

public class NetworkIdentityTests
{
    [Fact]
    public void The_same_machine_in_the_same_network_is_the_same() =>
        Assert.Equal(NetworkIdentity.Read(), NetworkIdentity.Read());

    [Fact]
    public void This_machines_own_loopback_says_nothing_of_a_network() =>
        Assert.DoesNotContain("127.0.0.1", NetworkIdentity.Read(), System.StringComparison.Ordinal);
}
