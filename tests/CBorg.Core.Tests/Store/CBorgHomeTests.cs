using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using CBorg.Core.Store;
using Xunit;

namespace CBorg.Core.Tests.Store;

public sealed class CBorgHomeTests
{
    [Theory]
    [InlineData("LINUX", "", "/home/ada/.local/state/cborg")]
    [InlineData("LINUX", "XDG_STATE_HOME=/var/ada", "/var/ada/cborg")]
    [InlineData("LINUX", "XDG_STATE_HOME=state", "/home/ada/.local/state/cborg")]
    [InlineData("LINUX", "XDG_STATE_HOME=", "/home/ada/.local/state/cborg")]
    [InlineData("FREEBSD", "", "/home/ada/.local/state/cborg")]
    [InlineData("OSX", "XDG_STATE_HOME=/var/ada", "/home/ada/Library/Application Support/CBorg")]
    [InlineData("WINDOWS", "", "/home/ada/AppData/Local/CBorg")]
    [InlineData("LINUX", "CBORG_HOME=/scratch/ada", "/scratch/ada")]
    [InlineData("OSX", "CBORG_HOME=/scratch/ada", "/scratch/ada")]
    [InlineData("WINDOWS", "CBORG_HOME=/scratch/ada", "/scratch/ada")]
    [InlineData("LINUX", "CBORG_HOME=", "/home/ada/.local/state/cborg")]
    public void It_is_where_the_system_keeps_what_is_the_users(string system, string setting, string folder)
    {
        Dictionary<string, string> variables = new() { ["HOME"] = "/home/ada" };
        if (setting.Split('=') is [string name, string value])
        {
            variables[name] = value;
        }

        string home = CBorgHome.For(OSPlatform.Create(system), variables.GetValueOrDefault, _ => "/home/ada/AppData/Local");

        Assert.Equal(Slashes(Path.GetFullPath(folder)), Slashes(Path.GetFullPath(home)));
    }

    [Fact]
    public void Without_the_variable_the_system_knows_the_home() =>
        Assert.Equal("/home/ada/.local/state/cborg", Slashes(CBorgHome.For(OSPlatform.Linux, _ => null, _ => "/home/ada")));

    [Fact]
    public void A_user_without_a_home_is_told_what_to_set()
    {
        StoreUnavailable told = Assert.Throws<StoreUnavailable>(() => CBorgHome.For(OSPlatform.Linux, _ => null, _ => ""));

        Assert.Equal(StoreProblem.NotWritable, told.Problem);
        Assert.Contains("CBORG_HOME", told.Message, StringComparison.Ordinal);
    }

    private static string Slashes(string path) => path.Replace('\\', '/');
}
