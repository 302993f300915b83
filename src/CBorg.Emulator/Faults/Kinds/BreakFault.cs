using System;
using System.Threading.Tasks;

namespace CBorg.Emulator.Faults.Kinds;

internal sealed class BreakFault(LineEnd how, TimeSpan? after = null) : Fault
{
    public override async Task<bool> BeforeAsync(FaultCall call) =>
        (after is not null && !await call.WaitAsync(after)) || await call.BreakAsync(how);
}
