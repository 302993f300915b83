using System;
using System.Collections.Generic;

namespace CBorg.Emulator.Faults.Kinds;

/// <summary>Cuts before every byte that continues a character.</summary>
internal sealed class SplitFault : Fault, IByteFault
{
    public TimeSpan PauseAfterCut => TimeSpan.FromMilliseconds(5);

    public IEnumerable<int> Cuts(byte[] text)
    {
        for (var at = 1; at < text.Length; at++)
        {
            if ((text[at] & 0xC0) == 0x80)
            {
                yield return at;
            }
        }
    }
}
