using System.Runtime.CompilerServices;
using System.Threading.Tasks;

namespace CBorg.Core.Async;

/// <summary>
/// Makes the tasks of async methods that a first call runs through. The framework's builder is a generic of another
/// assembly over each method's state machine, which no compiler may compile ahead of time; this one is
/// ours. It shows the framework a single class, <see cref="StateMachine"/>, so that what there is to compile is compiled
/// once; tasks, exceptions, cancellation and contexts are the framework's own doing.
/// </summary>
internal struct PrecompiledTaskBuilder<T>
{
    private AsyncTaskMethodBuilder<T> _builder;
#if NET
    private Suspended? _suspended;

    public Task<T> Task => _suspended is null ? _builder.Task : _suspended.Builder.Task;
#else
    public Task<T> Task => _builder.Task;
#endif

    public static PrecompiledTaskBuilder<T> Create() => default;

#if NET
    public void Start<TStateMachine>(ref TStateMachine stateMachine)
        where TStateMachine : IAsyncStateMachine => StateMachine.Start(ref stateMachine);

    public void SetStateMachine(IAsyncStateMachine stateMachine)
    {
        // Only debug builds on .NET Framework call it.
    }

    public void SetResult(T result)
    {
        if (_suspended is null)
        {
            _builder.SetResult(result);
        }
        else
        {
            _suspended.Builder.SetResult(result);
        }
    }

    public void SetException(System.Exception exception)
    {
        if (_suspended is null)
        {
            _builder.SetException(exception);
        }
        else
        {
            _suspended.Builder.SetException(exception);
        }
    }

    public void AwaitOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : INotifyCompletion
        where TStateMachine : IAsyncStateMachine
    {
        StateMachine suspended = Suspend(ref stateMachine);
        _suspended!.Builder.AwaitOnCompleted(ref awaiter, ref suspended);
    }

    public void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : ICriticalNotifyCompletion
        where TStateMachine : IAsyncStateMachine
    {
        StateMachine suspended = Suspend(ref stateMachine);
        _suspended!.Builder.AwaitUnsafeOnCompleted(ref awaiter, ref suspended);
    }

    private Suspended Suspend<TStateMachine>(ref TStateMachine stateMachine)
        where TStateMachine : IAsyncStateMachine
    {
        if (_suspended is null)
        {
            // This builder is a part of the machine, so that the copy knows it, too.
            Suspended<TStateMachine> suspended = new();
            _suspended = suspended;
            suspended.Machine = stateMachine;
        }

        return _suspended;
    }

    private abstract unsafe class Suspended(delegate* <StateMachine, void> moveNext) : StateMachine(moveNext)
    {
        public AsyncTaskMethodBuilder<T> Builder;
    }

    private sealed unsafe class Suspended<TStateMachine>() : Suspended(&Run)
        where TStateMachine : IAsyncStateMachine
    {
        public TStateMachine Machine = default!;

        private static void Run(StateMachine suspended) => ((Suspended<TStateMachine>)suspended).Machine.MoveNext();
    }
#else
    public void Start<TStateMachine>(ref TStateMachine stateMachine)
        where TStateMachine : IAsyncStateMachine => _builder.Start(ref stateMachine);

    public void SetStateMachine(IAsyncStateMachine stateMachine) => _builder.SetStateMachine(stateMachine);

    public void SetResult(T result) => _builder.SetResult(result);

    public void SetException(System.Exception exception) => _builder.SetException(exception);

    public void AwaitOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : INotifyCompletion
        where TStateMachine : IAsyncStateMachine => _builder.AwaitOnCompleted(ref awaiter, ref stateMachine);

    public void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : ICriticalNotifyCompletion
        where TStateMachine : IAsyncStateMachine => _builder.AwaitUnsafeOnCompleted(ref awaiter, ref stateMachine);
#endif
}
