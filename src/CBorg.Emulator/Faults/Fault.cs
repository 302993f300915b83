using System.Collections.Generic;
using System.Threading.Tasks;

namespace CBorg.Emulator.Faults;

/// <summary>One thing that goes wrong: before a request is handled, or with the reply that the emulator would have given.</summary>
internal abstract class Fault
{
    /// <summary>Acts before the request is handled; true when nothing is left to handle.</summary>
    public virtual Task<bool> BeforeAsync(FaultCall call) => Task.FromResult(false);

    /// <summary>Passes one step of the reply on, changed, multiplied, or not at all.</summary>
    public virtual IEnumerable<ReplyStep> Pass(ReplyStep step) => [step];

    /// <summary>Adds what comes after the reply's end.</summary>
    public virtual IEnumerable<ReplyStep> AtEnd() => [];
}
