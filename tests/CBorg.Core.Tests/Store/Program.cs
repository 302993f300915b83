using System;
using System.Globalization;
using CBorg.Core.Store;

namespace CBorg.Core.Tests.Store;

/// <summary>This assembly as a program of its own: a process that works with the store in a folder. Says "ready", waits for
/// a line, then does one of these.</summary>
internal static class Program
{
    /// <summary>Counts so many times.</summary>
    public const string Count = "count";

    /// <summary>Counts for ever, saying each number when it is kept.</summary>
    public const string CountForEver = "count-for-ever";

    /// <summary>Says "inside" in the middle of a change, and stays there.</summary>
    public const string Hold = "hold";

    public static int Main(string[] arguments)
    {
        SharedCells cells = new(arguments[1], lockTimeout: TimeSpan.FromSeconds(30));
        Console.WriteLine("ready");
        Console.ReadLine();
        switch (arguments[0])
        {
            case Count:
                for (int i = int.Parse(arguments[2], CultureInfo.InvariantCulture); i > 0; i--)
                {
                    StoreFolder.Count(cells);
                }

                return 0;
            case CountForEver:
                while (true)
                {
                    Console.WriteLine(StoreFolder.Count(cells));
                }

            case Hold:
                cells
                    .Cell(StoreFolder.Counter)
                    .Update(_ =>
                    {
                        Console.WriteLine("inside");
                        Console.ReadLine();
                        return BitConverter.GetBytes(-1L);
                    });
                return 0;
            default:
                return 2;
        }
    }
}
