using System.Threading.Tasks;

namespace CBorg.Emulator;

internal static class Program
{
    private static async Task<int> Main()
    {
        await using var host = await EmulatorHost.StartAsync();
        System.Console.WriteLine(host.Url);
        await Task.Delay(-1);
        return 0;
    }
}
