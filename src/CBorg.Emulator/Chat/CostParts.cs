using CBorg.Emulator.Server;
using CBorg.Emulator.Traits;

namespace CBorg.Emulator.Chat;

/// <summary>The headers that split a cost, as far as the generation does.</summary>
internal static class CostParts
{
    private const string Prefix = "x-litellm-response-cost-";
    private const string Zero = "0.0";

    public static void Set(Call call, Cost cost)
    {
        var split = call.Personality.Headers.CostSplit;
        if (split == CostHeaders.None)
        {
            return;
        }

        call.SetHeader(Prefix + "original", Json.Repr(cost.Total));
        foreach (var name in (string[])["discount-amount", "margin-amount", "margin-percent"])
        {
            call.SetHeader(Prefix + name, Zero);
        }

        if (split == CostHeaders.Parts)
        {
            call.SetHeader(Prefix + "input", Json.Repr(cost.Input));
            call.SetHeader(Prefix + "output", Json.Repr(cost.Output));
            call.SetHeader(Prefix + "tool-usage", Zero);
            call.SetHeader(Prefix + "cache-read", OrNone(cost.CacheRead));
            call.SetHeader(Prefix + "cache-creation", OrNone(cost.CacheCreation));
            call.SetHeader(Prefix + "reasoning", OrNone(cost.Reasoning));
        }
    }

    private static string? OrNone(double cost) => cost > 0 ? Json.Repr(cost) : null;
}
