using CBorg.Core.Chat;
using CBorg.Core.Http;

namespace CBorg.Core.Cost;

/// <summary>
/// Finds what an answer cost, from the best source there is, and says which it was. Never a 0 that nobody vouches for.
/// </summary>
internal static class CostLadder
{
    public static (decimal? Cost, CostSource Source) Resolve(
        ReplyHeaders headers,
        bool streamed,
        Usage? usage,
        ModelDeployment? deployment
    )
    {
        if (!streamed && headers.Cost is { } told)
        {
            return (told, CostSource.Header);
        }

        if (usage?.Cost is { } inStream)
        {
            return (inStream, CostSource.Stream);
        }

        if (deployment is null)
        {
            return (null, CostSource.Unknown);
        }

        if (ListPrice.IsFree(deployment.Prices))
        {
            return (0, CostSource.Free);
        }

        return usage is not null && ListPrice.Of(deployment.Prices, usage) is { } reckoned and > 0
            ? (reckoned, CostSource.ListPrice)
            : (null, CostSource.Unknown);
    }
}
