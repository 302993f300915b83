namespace CBorg.Emulator.Faults.Kinds;

/// <summary>Makes the reply's bytes come few at a time.</summary>
internal sealed class TrickleFault(int bytes, int ms) : Fault, IByteFault
{
    public IEnumerable<int> Cuts(byte[] text)
    {
        for (var at = System.Math.Max(1, bytes); at < text.Length; at += System.Math.Max(1, bytes))
        {
            yield return at;
        }
    }

    public System.TimeSpan PauseAfterCut => System.TimeSpan.FromMilliseconds(ms);
}

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
