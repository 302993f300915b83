using System;
using System.IO;
using System.Reflection;
using System.Reflection.Emit;
using System.Threading.Tasks;
using CBorg.Module.Tests.Engine.Stub;
using Xunit;

namespace CBorg.Module.Tests.Engine;

/// <summary>Beside modules that bring libraries of the same names. What is loaded stays loaded, so each runs in a
/// PowerShell of its own.</summary>
public sealed class OtherModuleTests : IDisposable
{
    private readonly StubServer _stub = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cborg-other-");

    public void Dispose()
    {
        _stub.Dispose();
        _folder.Delete(recursive: true);
    }

    [InlineData("System.Numerics.Tensors", "8.0.0.0")]
    [InlineData("System.Numerics.Tensors", "99.0.0.0")]
    [InlineData("CBorg.Core", "0.0.0.1")]
    [InlineData("CBorg.Loader", "9.9.9.9")]
    [Theory]
    public async Task Loaded_before_ours_it_does_not_get_in_the_way(string name, string version)
    {
        string said = await EngineProcess.RunAsync($"{Load(name, version)}; Import-Module $module; {Ask}");

        Assert.Equal($"{version} B", said);
    }

    [InlineData("System.Numerics.Tensors", "99.0.0.0")]
    [InlineData("CBorg.Core", "9.9.9.9")]
    [InlineData("CBorg.Loader", "9.9.9.9")]
    [Theory]
    public async Task Loaded_after_ours_it_gets_what_it_asks_for(string name, string version)
    {
        string said = await EngineProcess.RunAsync($"Import-Module $module; {Ask}; {Load(name, version)}; {Ask}");

        Assert.Equal($"B {version} B", said);
    }

    [InlineData("System.Text.Json", "8.0.0.0")]
    [InlineData("System.Runtime.CompilerServices.Unsafe", "4.0.0.0")]
    [Theory]
    public async Task Older_ones_of_what_the_runtime_brings_do_no_harm(string name, string version)
    {
        string said = await EngineProcess.RunAsync($"{Load(name, version)} | Out-Null; Import-Module $module; {Ask}");

        Assert.Equal("B", said);
    }

    [Fact]
    public async Task Libraries_of_ours_are_nobody_elses()
    {
        string said = await EngineProcess.RunAsync(
            $"Import-Module $module; {Ask}; try {{ [void][Reflection.Assembly]::Load('System.Numerics.Tensors'); 'ours was given away' }} catch {{ 'not found' }}"
        );

        Assert.Equal("B not found", said);
    }

    private string Ask =>
        $"$env:CBORG_BASE_URL = '{_stub.Address}'; $env:CBORG_API_KEY = '{StubServer.Key}'; (Invoke-CBorgChat 'What letter comes after A?' -Model priced -ErrorAction Stop).Text";

    /// <summary>Script that imports a module which loads a library of its own folder, and says which one it got.</summary>
    private string Load(string name, string version)
    {
        PersistedAssemblyBuilder library = new(
            new AssemblyName(name) { Version = new Version(version) },
            typeof(object).Assembly
        );
        library.DefineDynamicModule(name).DefineType("Other.Thing", TypeAttributes.Public).CreateType();
        library.Save(Path.Combine(_folder.FullName, name + ".dll"));
        string module = Path.Combine(_folder.FullName, "Other.psm1");
        File.WriteAllText(
            module,
            $"$library = [Reflection.Assembly]::LoadFrom((Join-Path $PSScriptRoot '{name}.dll')); function Get-OtherVersion {{ \"$($library.GetName().Version)\" }}"
        );
        return $"Import-Module '{module}'; Get-OtherVersion";
    }
}
