using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace CBorg.Build;

/// <summary>Runs all suites against the built module and adds their counts up. A skipped test fails the run: on no machine
/// is anything left out.</summary>
internal sealed class TestRun(Repository repository)
{
    private static readonly string[] s_suites = ["CBorg.Core.Tests", "CBorg.Emulator.Tests", "CBorg.Module.Tests"];

    private int _passed;
    private int _failed;
    private int _skipped;

    public int Run()
    {
        PowerShellEngine engine = PowerShellEngine.Find();
        new ModuleLayout(repository).Build(everything: true);

        // What processes share is not to be shared with the developer's own.
        Environment.SetEnvironmentVariable("CBORG_HOME", repository.PathOf("TestResults", "home"));
        RunFormat();
        foreach (string suite in s_suites)
        {
            RunXunit(suite);
        }

        RunPester(engine, "6.2.0");
        RunPester(engine, "5.9.1", "Module");
        Console.WriteLine($"{_passed} passed, {_failed} failed, {_skipped} skipped");
        return _failed == 0 && _skipped == 0 && _passed > 0 ? 0 : 1;
    }

    private void RunFormat()
    {
        Console.WriteLine("== Format");
        IReadOnlyList<string> wrong = new SourceFormat(repository).Check();
        foreach (string line in wrong)
        {
            Console.WriteLine(line);
        }

        Add("Format", wrong.Count == 0 ? 1 : 0, wrong.Count == 0 ? 0 : 1, 0);
    }

    private void RunXunit(string suite)
    {
        string results = repository.PathOf("TestResults", suite + ".trx");
        Directory.CreateDirectory(Path.GetDirectoryName(results)!);
        File.Delete(results);
        Console.WriteLine($"== {suite}");
        int exit = Shell.Run(
            "dotnet",
            [
                "test",
                repository.PathOf("tests", suite),
                "-c",
                "Release",
                "--no-build",
                "-nologo",
                "-v",
                "quiet",
                "--logger",
                $"trx;LogFileName={results}",
            ],
            new Dictionary<string, string> { ["CBORG_MODULE"] = repository.ModuleManifest }
        );
        if (!File.Exists(results))
        {
            Add(suite, 0, 1, 0);
            return;
        }

        XElement[] elements = [.. XDocument.Load(results).Descendants()];
        XElement counters = elements.First(element => element.Name.LocalName == "Counters");
        int total = (int)counters.Attribute("total")!;
        int passed = (int)counters.Attribute("passed")!;
        int failed = (int)counters.Attribute("failed")!;
        foreach (XElement skipped in elements.Where(element => (string?)element.Attribute("outcome") == "NotExecuted"))
        {
            Console.WriteLine($"   skipped, which fails the run: {(string?)skipped.Attribute("testName")}");
        }

        Add(suite, passed, exit != 0 && failed == 0 ? 1 : failed, total - passed - failed);
    }

    /// <param name="engine">What runs it.</param>
    /// <param name="version">Of Pester.</param>
    /// <param name="files">Which of the test files, with wildcards.</param>
    private void RunPester(PowerShellEngine engine, string version, string files = "*")
    {
        string suite = $"Pester {version}";
        Console.WriteLine($"== {suite}, PowerShell {engine.Version}");
        string pester = Path.Combine(PowerShellEngine.PackageFolder, "pester", version, "tools", "Pester.psd1");
        string run = repository.PathOf("tests", "Pester", "Run.ps1");
        bool counted = false;
        Shell.Read(
            engine.Program,
            engine.With(
                "-NoLogo",
                "-NoProfile",
                "-NonInteractive",
                "-File",
                run,
                "-Module",
                repository.ModuleManifest,
                "-Pester",
                pester,
                "-Name",
                files
            ),
            line =>
            {
                Match counts = Regex.Match(line, @"^PESTER (\d+) passed, (\d+) failed, (\d+) skipped$");
                if (counts.Success)
                {
                    counted = true;
                    Add(suite, Number(counts, 1), Number(counts, 2), Number(counts, 3));
                }
                else
                {
                    Console.WriteLine(line);
                }
            }
        );
        if (!counted)
        {
            Add(suite, 0, 1, 0);
        }
    }

    private static int Number(Match match, int group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    private void Add(string suite, int passed, int failed, int skipped)
    {
        Console.WriteLine($"   {suite}: passed {passed}, failed {failed}, skipped {skipped}");
        (_passed, _failed, _skipped) = (_passed + passed, _failed + failed, _skipped + skipped);
    }
}
