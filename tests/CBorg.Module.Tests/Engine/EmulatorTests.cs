using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text;
using System.Threading.Tasks;
using Xunit;

namespace CBorg.Module.Tests.Engine;

/// <summary>Start-CBorgEmulator and Stop-CBorgEmulator. The programs that they start belong to the process, and so does the
/// environment.</summary>
[Collection("process")]
public sealed class EmulatorTests : IDisposable
{
    private readonly EngineSession? _session = EngineSession.Open();

    public void Dispose()
    {
        _session?.Run("Get-Module CBorg | ForEach-Object { Stop-CBorgEmulator }");
        _session?.Dispose();
    }

    private EngineRun Run(string script, params object?[] arguments) => _session!.Run(script, arguments);

    [Fact]
    public void One_command_gives_a_working_CBorg_and_another_takes_it_away()
    {
        EngineRun run = Run("$e = Start-CBorgEmulator -Connect; $e; Invoke-CBorgChat 'What letter comes after A?'").Done();
        int process = run.Output[0]!.Get<int>("ProcessId");
        Assert.Contains("B", run.Output[1]!.Text("Text"), StringComparison.Ordinal);

        Run("Stop-CBorgEmulator").Done();

        Assert.Throws<ArgumentException>(() => Process.GetProcessById(process));
    }

    [Fact]
    public void It_pipes_into_Connect_CBorg_and_shows_no_key()
    {
        EngineRun run = Run(
                "$e = Start-CBorgEmulator -LiteLLM 1.77; $e | Connect-CBorg -PassThru; $e | Out-String -Width 80; Invoke-CBorgChat 'What letter comes after A?'"
            )
            .Done();

        Assert.Equal(run.Output[0]!.Get("BaseUri"), Run("$e.BaseUri").One.BaseObject);
        Assert.DoesNotContain("sk-", run.Texts[1], StringComparison.Ordinal);
        Assert.DoesNotContain("SecureString", run.Texts[1], StringComparison.Ordinal);
    }

    [InlineData(true)]
    [InlineData(false)]
    [Theory]
    public void It_never_gets_the_users_key(bool connected)
    {
        string? kept = Environment.GetEnvironmentVariable("CBORG_API_KEY");
        try
        {
            Environment.SetEnvironmentVariable("CBORG_API_KEY", "sk-M4rkedM4rked0000abcd");
            int process = Run(connected ? "Start-CBorgEmulator -Connect" : "Start-CBorgEmulator")
                .Done()
                .One.Get<int>("ProcessId");

            Assert.DoesNotContain("M4rked", OfProcess(process), StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable("CBORG_API_KEY", kept);
        }
    }

    [Fact]
    public void It_outlives_a_module_that_is_imported_again()
    {
        int process = Run("$e = Start-CBorgEmulator -Connect; $e").Done().One.Get<int>("ProcessId");

        Run(
                "Import-Module $args[0] -Force; Invoke-CBorgChat 'What letter comes after A?'; $e | Stop-CBorgEmulator",
                TestModule.Manifest
            )
            .Done();

        Assert.Throws<ArgumentException>(() => Process.GetProcessById(process));
    }

    [Fact]
    public void Removed_from_another_runspace_it_goes_on()
    {
        int process = Run("Start-CBorgEmulator").Done().One.Get<int>("ProcessId");
        using EngineSession other = EngineSession.Open();

        other.Run("Remove-Module CBorg").Done();

        Assert.False(Process.GetProcessById(process).HasExited);
    }

    [Fact]
    public async Task Stopped_while_it_starts_it_leaves_no_process()
    {
        using EngineWork work = _session!.Start("Start-CBorgEmulator");

        await work.StopAsync();

        Assert.Empty(
            Run(
                    "Get-Process dotnet -ErrorAction Ignore | Where-Object { $_.Parent.Id -eq $PID -and $_.CommandLine -like '*CBorg.Emulator.dll*' }"
                )
                .Done()
                .Output
        );
    }

    [Fact]
    public void WhatIf_starts_nothing() => Assert.Empty(Run("Start-CBorgEmulator -WhatIf").Done().Output);

    [Fact]
    public void A_catalogue_that_is_not_there_is_named_and_nothing_keeps_running()
    {
        EngineRun run = Run("Start-CBorgEmulator -Catalog ./no-such-file.json");

        Assert.StartsWith("EmulatorNotStarted", run.Ended?.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("no-such-file.json", run.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_port_that_is_taken_is_told()
    {
        EngineRun run = Run("$e = Start-CBorgEmulator; Start-CBorgEmulator -Port $e.BaseUri.Port");

        Assert.StartsWith("EmulatorNotStarted", run.Ended?.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("in use", run.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Processes_of_others_are_left_alone()
    {
        EngineRun run = Run("Stop-CBorgEmulator -ProcessId $args[0]", Environment.ProcessId);

        Assert.StartsWith("EmulatorNotFound", run.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(ErrorCategory.ObjectNotFound, run.Error.CategoryInfo.Category);
    }

    [Fact]
    public void Two_run_side_by_side_and_each_is_stopped_by_itself()
    {
        EngineRun run = Run(
                "$a = Start-CBorgEmulator; $b = Start-CBorgEmulator; $a | Stop-CBorgEmulator; $b | Connect-CBorg; (Invoke-CBorgChat 'What letter comes after A?').Text; $a.ProcessId; $b.ProcessId"
            )
            .Done();

        Assert.Throws<ArgumentException>(() => Process.GetProcessById((int)run.Output[1]!.BaseObject));
        Assert.False(Process.GetProcessById((int)run.Output[2]!.BaseObject).HasExited);
    }

    /// <summary>What a process was given: its environment where the system shows it, and its command line.</summary>
    private static string OfProcess(int id)
    {
        StringBuilder told = new();
        foreach (string file in new[] { "environ", "cmdline" })
        {
            if (File.Exists($"/proc/{id}/{file}"))
            {
                told.Append(File.ReadAllText($"/proc/{id}/{file}"));
            }
        }

        Assert.True(told.Length > 0 || !OperatingSystem.IsLinux());
        return told.ToString();
    }
}
