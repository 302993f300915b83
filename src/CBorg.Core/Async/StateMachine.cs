#if NET
using System.Runtime.CompilerServices;
using System.Threading;

namespace CBorg.Core.Async;

/// <summary>An async method that waits, as the framework sees it: one class for all of them.</summary>
/// <param name="moveNext">Runs it. Not a virtual method: the compiler that works ahead of time does not see who calls those
/// of generic classes, and leaves them out.</param>
internal abstract unsafe class StateMachine(delegate* <StateMachine, void> moveNext) : IAsyncStateMachine
{
    /// <summary>Runs a method up to where it first waits. What it changes of the caller's contexts is taken back, as after
    /// every async method.</summary>
    public static void Start<TStateMachine>(ref TStateMachine stateMachine)
        where TStateMachine : IAsyncStateMachine
    {
        // Null where the caller lets nothing flow.
        ExecutionContext? execution = ExecutionContext.Capture();
        SynchronizationContext? synchronization = SynchronizationContext.Current;
        try
        {
            stateMachine.MoveNext();
        }
        finally
        {
            if (SynchronizationContext.Current != synchronization)
            {
                SynchronizationContext.SetSynchronizationContext(synchronization);
            }

            if (execution is not null && ExecutionContext.Capture() != execution)
            {
                ExecutionContext.Restore(execution);
            }
        }
    }

    public void MoveNext() => moveNext(this);

    public void SetStateMachine(IAsyncStateMachine stateMachine)
    {
        // There is one already: this.
    }
}
#endif
