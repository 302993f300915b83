using System;
using System.Threading.Tasks;

namespace CBorg.Emulator.Faults.Kinds;

internal sealed class StallFault(TimeSpan? time) : Fault
{
    public override async Task<bool> BeforeAsync(FaultCall call) => !await call.WaitAsync(time);
}
