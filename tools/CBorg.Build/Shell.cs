using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;

namespace CBorg.Build;

/// <summary>Runs other programs.</summary>
internal static class Shell
{
    public static int Run(string program, IEnumerable<string> arguments, IDictionary<string, string>? environment = null)
    {
        using Process process = Start(program, arguments, environment, redirect: false);
        process.WaitForExit();
        return process.ExitCode;
    }

    /// <summary>Runs it; what it says is shown only when it fails.</summary>
    public static void MustRun(string program, IEnumerable<string> arguments, string why)
    {
        List<string> said = [];
        if (Read(program, arguments, said.Add) != 0)
        {
            said.ForEach(Console.Error.WriteLine);
            throw new BuildException(why);
        }
    }

    /// <summary>Runs it and hands each line of its output to <paramref name="onLine"/>.</summary>
    public static int Read(
        string program,
        IEnumerable<string> arguments,
        Action<string> onLine,
        IDictionary<string, string>? environment = null
    )
    {
        using Process process = Start(program, arguments, environment, redirect: true);
        while (process.StandardOutput.ReadLine() is { } line)
        {
            onLine(line);
        }

        process.WaitForExit();
        return process.ExitCode;
    }

    public static Process Start(
        string program,
        IEnumerable<string> arguments,
        IDictionary<string, string>? environment,
        bool redirect
    )
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = redirect };
        foreach (KeyValuePair<string, string> variable in environment ?? new Dictionary<string, string>())
        {
            start.Environment[variable.Key] = variable.Value;
        }

        // The engine colours its output even into a pipe.
        start.Environment["NO_COLOR"] =
            redirect ? "1"
            : start.Environment.TryGetValue("NO_COLOR", out string? colour) ? colour
            : null;
        try
        {
            return Process.Start(start) ?? throw new BuildException($"{program} did not start.");
        }
        catch (Win32Exception e)
        {
            throw new BuildException($"{program} cannot be started: {e.Message}");
        }
    }

    /// <summary>The first program of a name on PATH; null when there is none.</summary>
    public static string? OnPath(string program)
    {
        string[] names = OperatingSystem.IsWindows() ? [program + ".exe"] : [program];
        return (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .SelectMany(directory => names.Select(name => Path.Combine(directory, name)))
            .FirstOrDefault(File.Exists);
    }
}
