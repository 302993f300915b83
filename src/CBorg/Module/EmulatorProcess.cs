using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO;
using System.Management.Automation.Runspaces;
using System.Text;
using System.Threading.Tasks;

namespace CBorg.Module;

/// <summary>An emulator that this process started.</summary>
internal sealed class EmulatorProcess
{
    private static readonly TimeSpan s_longestGoodbye = TimeSpan.FromSeconds(5);
    private static readonly ConcurrentDictionary<int, EmulatorProcess> s_running = new();

    private readonly Process _process;
    private readonly TaskCompletionSource<string?> _greeting = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StringBuilder _complaints = new();

    private readonly Guid? _runspace = Runspace.DefaultRunspace?.InstanceId;

    private EmulatorProcess(ProcessStartInfo start) => _process = new Process { StartInfo = start };

    public static string ProgramPath => Path.Combine(CoreAssembly.ModuleDirectory, "emulator", "CBorg.Emulator.dll");

    public int Id { get; private set; }

    /// <summary>The first line that it writes; null when it ends without one.</summary>
    public Task<string?> Greeting => _greeting.Task;

    /// <summary>What it wrote to its error stream; complete once it has ended.</summary>
    public string Complaints
    {
        get
        {
            lock (_complaints)
            {
                return _complaints.ToString().Trim();
            }
        }
    }

    /// <exception cref="System.ComponentModel.Win32Exception">There is no dotnet.</exception>
    public static EmulatorProcess Start(string arguments)
    {
        ProcessStartInfo start = new("dotnet", $"\"{ProgramPath}\" {arguments}")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };

        // The emulator has no business with the real key.
        start.Environment.Remove(EnvironmentOptions.KeyVariable);
        EmulatorProcess emulator = new(start);
        emulator.Run();
        s_running[emulator.Id] = emulator;
        return emulator;
    }

    public static bool Stop(int id)
    {
        if (!s_running.TryRemove(id, out EmulatorProcess? emulator))
        {
            return false;
        }

        emulator.End();
        return true;
    }

    public static void StopAll()
    {
        foreach (int id in s_running.Keys)
        {
            Stop(id);
        }
    }

    /// <summary>Stops those of this runspace; others may still be in use.</summary>
    public static void StopOwn()
    {
        Guid? runspace = Runspace.DefaultRunspace?.InstanceId;
        foreach (EmulatorProcess emulator in s_running.Values)
        {
            if (emulator._runspace == runspace)
            {
                Stop(emulator.Id);
            }
        }
    }

    /// <summary>Everything it writes is read to the end: a full pipe would stop it.</summary>
    private void Run()
    {
        _process.OutputDataReceived += (_, line) => _greeting.TrySetResult(line.Data);
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (_complaints)
            {
                _complaints.AppendLine(line.Data);
            }
        };
        _process.Start();
        Id = _process.Id;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private void End()
    {
        using (_process)
        {
            try
            {
                _process.Kill();
            }
            catch (InvalidOperationException)
            {
                // It has already ended.
            }

            if (_process.WaitForExit((int)s_longestGoodbye.TotalMilliseconds))
            {
                // Only without a limit it waits for the rest of what was written, too.
                _process.WaitForExit();
            }

            _greeting.TrySetResult(null);
        }
    }
}
