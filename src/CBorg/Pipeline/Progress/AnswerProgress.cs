using System;
using System.Diagnostics;
using System.Text;
using System.Threading.Tasks;

namespace CBorg.Pipeline.Progress;

/// <summary>Shows an answer while it grows: its tokens, their speed and the tail of the text.</summary>
/// <param name="show">Shows a status and the tail.</param>
internal sealed class AnswerProgress(Action<string, string> show)
{
    private const int TailLength = 100;

    // As often as the bar is drawn.
    private static readonly TimeSpan s_updateInterval = TimeSpan.FromMilliseconds(200);

    private readonly StringBuilder _tail = new();
    private readonly Stopwatch _sinceFirst = new();
    private TimeSpan _lastShown = TimeSpan.MinValue;

    public Task ShowAsync(ChatDelta delta)
    {
        _sinceFirst.Start();
        Remember(delta.Text.Length > 0 ? delta.Text : delta.Reasoning);
        TimeSpan now = _sinceFirst.Elapsed;
        if (delta.Result is null && (_lastShown == TimeSpan.MinValue || now - _lastShown >= s_updateInterval))
        {
            _lastShown = now;
            string tail = _tail.ToString(Math.Max(0, _tail.Length - TailLength), Math.Min(_tail.Length, TailLength));
            show(Status(delta.Count, now), tail.Replace('\n', ' ').Replace('\r', ' '));
        }

        return Task.CompletedTask;
    }

    private void Remember(string text)
    {
        _tail.Append(text);
        if (_tail.Length > 4 * TailLength)
        {
            _tail.Remove(0, _tail.Length - TailLength);
        }
    }

    private static string Status(int tokens, TimeSpan elapsed) =>
        elapsed.TotalSeconds > 0.5
            ? FormattableString.Invariant($"{tokens} tokens, {tokens / elapsed.TotalSeconds:0}/s")
            : FormattableString.Invariant($"{tokens} tokens");
}
