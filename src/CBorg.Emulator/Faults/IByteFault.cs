using System;
using System.Collections.Generic;

namespace CBorg.Emulator.Faults;

/// <summary>A fault that parts the bytes of a reply: where, and how long it rests there.</summary>
internal interface IByteFault
{
    IEnumerable<int> Cuts(byte[] text);

    TimeSpan PauseAfterCut { get; }
}
