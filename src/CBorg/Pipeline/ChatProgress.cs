using System;
using System.Diagnostics;
using System.Text;
using System.Threading.Tasks;

namespace CBorg.Pipeline;

/// <summary>Shows an answer while it grows: the model, its tokens, their speed and the tail of the text. Or hands the pieces on to whoever wants them.</summary>
internal sealed class ChatProgress(PipelineThread pipeline, ServiceCmdlet cmdlet, string model, Func<ChatDelta, Task>? next)
{
    private const int TailLength = 100;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(200);

    private readonly StringBuilder _tail = new();
    private readonly Stopwatch _sinceFirst = new();
    private TimeSpan _lastShown = TimeSpan.MinValue;

    public Task ShowAsync(ChatDelta delta)
    {
        if (next is not null)
        {
            // Whoever takes the pieces shows them, and a progress line would be drawn over them.
            return next(delta);
        }

        _sinceFirst.Start();
        Remember(delta.Text.Length > 0 ? delta.Text : delta.Reasoning);
        TimeSpan now = _sinceFirst.Elapsed;
        if (delta.Result is null && (_lastShown == TimeSpan.MinValue || now - _lastShown >= s_pause))
        {
            _lastShown = now;
            string status = Status(delta.Count, now);
            string tail = _tail.ToString(Math.Max(0, _tail.Length - TailLength), Math.Min(_tail.Length, TailLength)).Replace('\n', ' ').Replace('\r', ' ');
            pipeline.Post(() => cmdlet.Progress.Update(model, status, tail));
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
        elapsed.TotalSeconds > 0.5 ? $"{tokens} tokens, {tokens / elapsed.TotalSeconds:0}/s" : $"{tokens} tokens";
}
