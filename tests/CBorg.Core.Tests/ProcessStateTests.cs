using System;
using System.Runtime.CompilerServices;
using CBorg.Core.Resilience;
using CBorg.Core.Tests.Infrastructure;
using Xunit;

namespace CBorg.Core.Tests;

/// <summary>What a process keeps for all its clients ends when nobody uses it any more, and not before.</summary>
public sealed class ProcessStateTests
{
    private readonly FakeClock _clock = new();
    private readonly ProcessState _process;

    public ProcessStateTests()
    {
        _process = new ProcessState(_clock);
    }

    [Fact]
    public void What_nobody_has_used_for_a_while_is_let_go_when_something_new_is_needed()
    {
        Use("one", "two", "three");
        _clock.Advance(TimeSpan.FromMinutes(30));
        Use("four");
        Assert.Equal(8, _process.Count);
        GC.Collect();
        Use("five");

        Assert.Equal(4, _process.Count);
    }

    [Fact]
    public void What_was_used_meanwhile_is_kept()
    {
        Use("one");
        _clock.Advance(TimeSpan.FromMinutes(29));
        Use("one");
        _clock.Advance(TimeSpan.FromMinutes(29));
        Use("two");
        GC.Collect();
        Use("three");

        Assert.Equal(6, _process.Count);
    }

    [Fact]
    public void A_client_that_is_still_there_keeps_its_own_and_shares_it_with_those_that_come_later()
    {
        SharedState held = _process.Account("one", "sk-1", shares: false);
        _clock.Advance(TimeSpan.FromHours(5));
        Use("two");
        GC.Collect();
        Use("three");

        Assert.Same(held, _process.Account("one", "sk-1", shares: false));
    }

    [Fact]
    public void The_state_of_a_service_is_the_same_for_all_keys_and_limits_are_not()
    {
        Assert.Same(_process.Service("one"), _process.Service("one"));
        Assert.NotSame(_process.Account("one", "sk-1", shares: false), _process.Account("one", "sk-2", shares: false));
    }

    /// <summary>A state and an account for each name, which nobody holds afterwards.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Use(params string[] names)
    {
        foreach (string name in names)
        {
            ServiceState service = _process.Service(name);
            SharedState account = _process.Account(name, "sk-1", shares: false);
            Assert.NotNull(service);
            Assert.NotNull(account);
        }
    }
}
