namespace CBorg.Bench.Limits;

/// <summary>Whether a call has been told to wait, from its events.</summary>
internal sealed class WaitObserver(Stage? stage)
{
    private readonly object _gate = new();
    private bool _waits;

    public void Hear(CallEvent news)
    {
        if (news.Kind is CallEventKind.Waiting or CallEventKind.Resumed)
        {
            Set(news.Kind == CallEventKind.Waiting);
        }
    }

    public void End() => Set(false);

    private void Set(bool waits)
    {
        lock (_gate)
        {
            if (stage is not null && _waits != waits)
            {
                _waits = waits;
                stage.Count(ref stage.Waiting, waits ? 1 : -1);
            }
        }
    }
}
