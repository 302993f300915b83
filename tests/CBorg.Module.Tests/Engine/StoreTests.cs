using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using CBorg.Module.Tests.Engine.Stub;
using Xunit;

namespace CBorg.Module.Tests.Engine;

/// <summary>The SQLite that the module ships, in the load context that it makes for itself.</summary>
public sealed class StoreTests : IDisposable
{
    /// <summary>The assembly as the module itself has loaded it, and one update of a shared value: "kept 0", then "kept 1"
    /// and so on.</summary>
    private const string Keep = """
        $core = [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'CBorg.Core' }
        $cells = $core.GetType('CBorg.Core.Store.SharedCells')
        $store = [Activator]::CreateInstance($cells, @($env:CBORG_HOME, $null, $null, $null))
        $change = { param($value) $script:length = $value.Length; [byte[]]::new($value.Length + 1) } -as [Func`2].MakeGenericType([byte[]], [byte[]])
        $cells.GetMethod('Update').Invoke($store, @('test', $change))
        'kept {0}' -f $script:length

        """;

    private readonly StubServer _stub = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cborg-store-");

    public void Dispose()
    {
        _stub.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task What_one_PowerShell_keeps_the_next_one_finds()
    {
        Assert.Equal("B kept 0", await RunAsync(Ask + Keep));
        Assert.Equal("B kept 1", await RunAsync(Ask + Keep));
    }

    [Fact]
    public async Task Another_modules_SQLite_is_another_one()
    {
        string machine =
            $"{(OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux")}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
        string ours = Assert.Single(
            Directory.GetFiles(Path.Combine(Path.GetDirectoryName(TestModule.Manifest)!, "lib", "native", machine))
        );
        string theirs = Path.Combine(_folder.FullName, Path.GetFileName(ours));
        File.Copy(ours, theirs);

        string said = await RunAsync($"$null = [Runtime.InteropServices.NativeLibrary]::Load('{theirs}'); {Ask}{Keep}{Loaded}");

        Assert.Equal("B kept 0 2", said);
    }

    [Fact]
    public async Task Importing_the_module_does_not_load_it() => Assert.Equal("0", await RunAsync(Loaded));

    /// <summary>How many SQLites the process has.</summary>
    private static string Loaded =>
        "([Diagnostics.Process]::GetCurrentProcess().Modules | Where-Object FileName -like '*e_sqlite3*' | ForEach-Object FileName | Sort-Object -Unique | Measure-Object).Count\n";

    private string Ask =>
        $"$env:CBORG_BASE_URL = '{_stub.Address}'; $env:CBORG_API_KEY = '{StubServer.Key}'; (Invoke-CBorgChat 'What letter comes after A?' -Model priced -ErrorAction Stop).Text\n";

    private Task<string> RunAsync(string script) =>
        EngineProcess.RunAsync($"$env:CBORG_HOME = '{Path.Combine(_folder.FullName, "home")}'; Import-Module $module; {script}");
}
