using System;
using System.Threading;
using CBorg.Core.Store;

namespace CBorg.Core.Tests.Limits;

/// <summary>A value that several limiters of one test share, as processes share one in the store. What goes wrong is chosen
/// per transaction.</summary>
internal sealed class MemoryCell : ISharedCell
{
    private readonly Lock _gate = new();

    public byte[]? Value { get; set; }

    /// <summary>Transactions so far, failed ones included.</summary>
    public int Transactions { get; private set; }

    /// <summary>What happens to the n-th transaction, from 1; null, when it works.</summary>
    public Func<int, CellFault?>? Fault { get; set; }

    public byte[]? Read()
    {
        lock (_gate)
        {
            return Value;
        }
    }

    public void Update(Func<byte[]?, byte[]?> change)
    {
        lock (_gate)
        {
            Transactions++;
            switch (Fault?.Invoke(Transactions))
            {
                case CellFault.NotLocal:
                    throw new StoreUnavailable(StoreProblem.NotLocal, "The disk is another's.");
                case CellFault.Busy:
                    throw new StoreUnavailable(StoreProblem.Busy, "Others use it.");
                case CellFault.ReadOnly:
                    throw new StoreUnavailable(StoreProblem.NotWritable, "It is read-only.");
                case CellFault.FullDisk:
                    // The change has run when COMMIT finds no room.
                    change(Value);
                    throw new StoreUnavailable(StoreProblem.Failed, "The disk is full.");
                case CellFault.Damaged:
                    // The file is found damaged in the middle, begun anew, and the change run again.
                    change(Value);
                    Value = change(null);
                    break;
                default:
                    Value = change(Value) ?? Value;
                    break;
            }
        }
    }
}

/// <summary>What can go wrong with a transaction.</summary>
internal enum CellFault
{
    NotLocal,
    Busy,
    ReadOnly,
    FullDisk,
    Damaged,
}
