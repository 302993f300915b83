using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace CBorg.Build;

/// <summary>Runs all suites against the built module and adds their counts up. What needs a PowerShell engine reports itself as skipped, by name and count, where there is none.</summary>
internal sealed class TestRun(Repository repository)
{
    private static readonly string[] s_suites = ["CBorg.Core.Tests", "CBorg.Emulator.Tests", "CBorg.Module.Tests"];

    private int _passed;
    private int _failed;
    private int _skipped;

    public int Run()
    {
        new ModuleLayout(repository).Build(everything: true);

        // What processes share is not to be shared with the developer's own.
        Environment.SetEnvironmentVariable("CBORG_HOME", repository.PathOf("TestResults", "home"));
        foreach (string suite in s_suites)
        {
            RunXunit(suite);
        }

        RunPester();
        Console.WriteLine($"{_passed} passed, {_failed} failed, {_skipped} skipped");
        return _failed == 0 && _passed > 0 ? 0 : 1;
    }

    private void RunXunit(string suite)
    {
        string results = repository.PathOf("TestResults", suite + ".trx");
        Directory.CreateDirectory(Path.GetDirectoryName(results)!);
        File.Delete(results);
        Console.WriteLine($"== {suite}");
        int exit = Shell.Run(
            "dotnet",
            ["test", repository.PathOf("tests", suite), "-c", "Release", "--no-build", "-nologo", "-v", "quiet", "--logger", $"trx;LogFileName={results}"],
            new Dictionary<string, string> { ["CBORG_MODULE"] = repository.ModuleManifest, ["CBORG_TEST_PSHOME"] = PowerShellHome() });
        if (!File.Exists(results))
        {
            Add(suite, 0, 1, 0);
            return;
        }

        XElement counters = XDocument.Load(results).Descendants().First(element => element.Name.LocalName == "Counters");
        int total = (int)counters.Attribute("total")!;
        int passed = (int)counters.Attribute("passed")!;
        int failed = (int)counters.Attribute("failed")!;
        Add(suite, passed, exit != 0 && failed == 0 ? 1 : failed, total - passed - failed);
    }

    private void RunPester()
    {
        Console.WriteLine("== Pester");
        if (Shell.PowerShell is not { } pwsh)
        {
            SkipPester("There is no PowerShell 7 on this machine.");
            return;
        }

        bool counted = false;
        int exit = Shell.Read(
            pwsh,
            ["-NoLogo", "-NoProfile", "-NonInteractive", "-File", repository.PathOf("tests", "Pester", "Run.ps1"), "-Module", repository.ModuleManifest],
            line =>
            {
                Match counts = Regex.Match(line, @"^PESTER (\d+) passed, (\d+) failed, (\d+) skipped$");
                if (counts.Success)
                {
                    counted = true;
                    Add("Pester", int.Parse(counts.Groups[1].Value), int.Parse(counts.Groups[2].Value), int.Parse(counts.Groups[3].Value));
                }
                else
                {
                    Console.WriteLine(line);
                }
            });
        if (exit == 3)
        {
            SkipPester("Pester 5 is not installed: Install-Module Pester.");
        }
        else if (!counted)
        {
            Add("Pester", 0, 1, 0);
        }
    }

    /// <summary>Each It block is named, so that nobody takes a quiet suite for a green one.</summary>
    private void SkipPester(string why)
    {
        string[] names =
        [
            .. Directory.EnumerateFiles(repository.PathOf("tests", "Pester"), "*.Tests.ps1", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
                .SelectMany(file => Regex.Matches(File.ReadAllText(file), @"^\s*It\s+(['""])(.+?)\1", RegexOptions.Multiline).Select(match => $"{Path.GetFileName(file)}: {match.Groups[2].Value}")),
        ];
        Console.WriteLine(why);
        foreach (string name in names)
        {
            Console.WriteLine($"  skipped {name}");
        }

        Add("Pester", 0, 0, names.Length);
    }

    private void Add(string suite, int passed, int failed, int skipped)
    {
        Console.WriteLine($"   {suite}: passed {passed}, failed {failed}, skipped {skipped}");
        (_passed, _failed, _skipped) = (_passed + passed, _failed + failed, _skipped + skipped);
    }

    private static string PowerShellHome()
    {
        string? pwsh = Shell.PowerShell is { } found ? new FileInfo(found).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? found : null;
        return pwsh is null ? "" : Path.GetDirectoryName(pwsh)!;
    }
}
