using System;
using System.Diagnostics;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace CBorg.Module;

/// <summary>What a new emulator says. Both its pipes are read for as long as it lives: a full one would stop it.</summary>
internal sealed class EmulatorOutput
{
    private const int LongestComplaint = 2000;
    private static readonly TimeSpan s_lastWords = TimeSpan.FromSeconds(2);

    private readonly TaskCompletionSource<string?> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<bool> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StringBuilder _complaint = new();

    public EmulatorOutput(Process process)
    {
        process.OutputDataReceived += (_, line) => _first.TrySetResult(line.Data);
        process.ErrorDataReceived += (_, line) => Remember(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Its first line; null when it ended without one, or was silent for too long.</summary>
    public string? FirstLine(TimeSpan timeout, CancellationToken cancellationToken) =>
        _first.Task.Wait((int)timeout.TotalMilliseconds, cancellationToken) ? _first.Task.Result : null;

    /// <summary>What it wrote to its error output.</summary>
    public string Complaint()
    {
        if (_first.Task.IsCompleted)
        {
            _ended.Task.Wait(s_lastWords);
        }

        lock (_complaint)
        {
            return _complaint.Length > 0 ? _complaint.ToString().Trim() : "it said nothing.";
        }
    }

    private void Remember(string? line)
    {
        lock (_complaint)
        {
            if (line is not null && _complaint.Length < LongestComplaint)
            {
                _complaint.AppendLine(line);
            }
        }

        if (line is null)
        {
            _ended.TrySetResult(true);
        }
    }
}
