using System;
using System.Linq;
using System.Net;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;

namespace CBorg.Module.Tests.Engine;

/// <summary>Stands between the module and the names of this machine, so that a test can let the way to the service end
/// nowhere. The process has one way: such tests run alone.</summary>
internal sealed class StopRoads : IDisposable
{
    private readonly PropertyInfo _resolve;
    private readonly object _machine;
    private readonly object? _before;
    private TaskCompletionSource? _reached;
    private IPAddress? _instead;

    /// <summary>Takes effect for services that are called for the first time after this.</summary>
    public StopRoads()
    {
        // The client is in a context of its own, where tests have no business but here.
        Type environment = AppDomain
            .CurrentDomain.GetAssemblies()
            .Where(assembly => assembly.GetName().Name == "CBorg.Core")
            .Select(assembly => assembly.GetType("CBorg.Core.Http.HttpEnvironment"))
            .First(type => type is not null)!;
        _machine = environment.GetProperty("Machine")!.GetValue(null)!;
        _resolve = environment.GetProperty("Resolve")!;
        _before = _resolve.GetValue(_machine);
        _resolve.SetValue(_machine, (Func<string, CancellationToken, Task<IPAddress[]>>)ResolveAsync);
    }

    /// <summary>From here on no name is found, and nobody says so.</summary>
    /// <returns>Ends when a name has been asked for.</returns>
    public Task Silence() => Lead(null);

    /// <summary>From here on names have another address; null: none, ever.</summary>
    /// <returns>Ends when a name has been asked for.</returns>
    public Task Lead(IPAddress? address)
    {
        _instead = address;
        _reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return _reached.Task;
    }

    /// <summary>From here on the service is found again.</summary>
    public void Open() => _reached = null;

    public void Dispose() => _resolve.SetValue(_machine, _before);

    private async Task<IPAddress[]> ResolveAsync(string name, CancellationToken cancellationToken)
    {
        if (_reached is not { } reached)
        {
            return [IPAddress.Loopback];
        }

        IPAddress? instead = _instead;
        reached.TrySetResult();
        if (instead is null)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        return [instead!];
    }
}
