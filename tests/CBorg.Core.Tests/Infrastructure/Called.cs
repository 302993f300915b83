using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace CBorg.Core.Tests.Infrastructure;

/// <summary>A call of a plain route that is under way, and what it tells.</summary>
internal sealed class Called
{
    private readonly ConcurrentQueue<CallEvent> _events = new();
    private readonly SemaphoreSlim _waits = new(0);
    private readonly Action<CallEvent>? _onEvent;

    /// <summary>Always with a body: requests without one are sent again by the framework itself when a line breaks.</summary>
    /// <param name="client">Whose call it is.</param>
    /// <param name="stop">Ends it.</param>
    /// <param name="path">The route.</param>
    /// <param name="body">What is sent.</param>
    /// <param name="onEvent">Told of each event, after this one has taken note of it.</param>
    public Called(
        ICBorgClient client,
        CancellationToken stop = default,
        string path = "/x",
        string body = "1",
        Action<CallEvent>? onEvent = null
    )
    {
        _onEvent = onEvent;
        RestRequest request = new()
        {
            Method = "POST",
            Path = path,
            Body = body,
        };
        Reply = Task.Run(() => client.SendAsync(request, Take, stop), CancellationToken.None);
    }

    public Task<RestResponse> Reply { get; }

    public IEnumerable<string> Told(CallEventKind kind) => _events.Where(told => told.Kind == kind).Select(told => told.Message);

    /// <summary>Completes when the call has said so often more that it waits.</summary>
    public Task WaitsAsync() => _waits.WaitAsync().Soon();

    private void Take(CallEvent told)
    {
        _events.Enqueue(told);
        if (told.Kind == CallEventKind.Waiting)
        {
            _waits.Release();
        }

        _onEvent?.Invoke(told);
    }
}
