using System;
using System.Diagnostics;
using System.Management.Automation;
using System.Management.Automation.Host;

namespace CBorg.Pipeline.Progress;

/// <summary>
/// A cmdlet's progress bar: at most five updates a second, none at all where nobody would see them. For the pipeline thread only.
/// </summary>
internal sealed class ProgressBar
{
    // PowerShell's minimal view has brackets and spaces around its texts, and is at most 120 characters wide.
    private const int Frame = 8;
    private const int LongestLine = 120;
    private const int LongestActivity = 24;

    private static readonly TimeSpan s_updateInterval = TimeSpan.FromMilliseconds(200);

    private readonly PSCmdlet _cmdlet;
    private readonly bool _visible;
    private readonly Stopwatch _sinceLast = new();
    private bool _shown;
    private string _activity;

    public ProgressBar(PSCmdlet cmdlet)
    {
        _cmdlet = cmdlet;
        _activity = cmdlet.MyInvocation.MyCommand.Name;
        object? preference = cmdlet.SessionState.PSVariable.GetValue("ProgressPreference");
        _visible = cmdlet.Host?.UI is not null && preference?.ToString() is not ("SilentlyContinue" or "Ignore");
    }

    /// <summary>Whether an update would be shown now; asked before the work of making one.</summary>
    public bool IsDue => _visible && (!_shown || _sinceLast.Elapsed >= s_updateInterval);

    /// <param name="activity">What goes on.</param>
    /// <param name="status">How far it is.</param>
    /// <param name="tail">Text whose end matters; cut at its beginning to fit the line.</param>
    public void Update(string activity, string status, string tail = "")
    {
        if (IsDue)
        {
            int room = Math.Min(Width(), LongestLine) - activity.Length - status.Length - Frame;
            Write(activity, $"{status} {End(tail, room)}".TrimEnd(), -1);
        }
    }

    /// <param name="activity">What goes on.</param>
    /// <param name="status">How far it is, in as many characters as there is room for.</param>
    /// <param name="percent">From 0 to 100; -1 when nobody knows.</param>
    public void Update(string activity, Func<int, string> status, int percent)
    {
        if (IsDue)
        {
            string shortened = activity.Length <= LongestActivity ? activity : activity.Substring(0, LongestActivity - 1) + "…";
            Write(shortened, status(Math.Min(Width(), LongestLine) - shortened.Length - Frame), -1, percent);
        }
    }

    /// <summary>A wait is worth its line even when the last one is fresh.</summary>
    public void Waiting(CallEvent wait)
    {
        if (_visible)
        {
            Write(_activity, wait.Message, wait.Delay is { } delay ? (int)Math.Ceiling(delay.TotalSeconds) : -1);
        }
    }

    public void Complete()
    {
        if (_shown)
        {
            _shown = false;
            _cmdlet.WriteProgress(new ProgressRecord(Id, _activity, " ") { RecordType = ProgressRecordType.Completed });
        }
    }

    // One number per cmdlet instance, so that two CBorg cmdlets in one pipeline keep apart.
    private int Id => (_cmdlet.MyInvocation.PipelinePosition & 0xFF) + 0x0CB0;

    private static string End(string tail, int room) =>
        room switch
        {
            <= 0 => "",
            _ when tail.Length <= room => tail,
            _ => "…" + tail.Substring(tail.Length - room + 1),
        };

    private int Width()
    {
        try
        {
            return _cmdlet.Host.UI.RawUI.WindowSize.Width;
        }
        catch (Exception e)
            when (e is HostException or NotImplementedException or NotSupportedException or InvalidOperationException)
        {
            return LongestLine;
        }
    }

    private void Write(string activity, string status, int secondsRemaining, int percent = -1)
    {
        _activity = VisibleText.OneLine(activity);
        _shown = true;
        _sinceLast.Restart();
        status = VisibleText.OneLine(status);
        ProgressRecord record = new(Id, _activity, status.Length == 0 ? " " : status)
        {
            SecondsRemaining = secondsRemaining,
            PercentComplete = percent,
        };
        _cmdlet.WriteProgress(record);
    }
}
