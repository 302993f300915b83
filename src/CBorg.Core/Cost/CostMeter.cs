using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Http;
using CBorg.Core.Models;
using CBorg.Core.Resilience;

namespace CBorg.Core.Cost;

/// <summary>Says before a call what it may cost: at least the question, at most the question and the longest answer.</summary>
internal sealed class CostMeter(JsonCaller caller, ModelCatalog catalog)
{
    private readonly TokenCounter _counter = new(caller);
    private readonly ServerCalculator _calculator = new(caller);

    public async Task<CostEstimate> MeasureAsync(
        CostRequest request,
        Action<CallEvent>? onEvent,
        CancellationToken cancellationToken
    )
    {
        Model? model = await ModelAsync(request.Model, onEvent, cancellationToken).ConfigureAwait(false);
        (long tokens, string tokenSource) = await _counter.CountAsync(request, onEvent, cancellationToken).ConfigureAwait(false);
        long? longest = request.MaxTokens ?? model?.MaxOutputTokens;
        CostRange range = CostRange.Of(model?.Deployments ?? [], tokens, longest);
        if (request.AskServer)
        {
            range =
                await _calculator.AskAsync(request, tokens, longest, range, onEvent, cancellationToken).ConfigureAwait(false)
                ?? range;
        }

        return new CostEstimate
        {
            Model = request.Model,
            PromptTokens = tokens,
            TokenSource = tokenSource,
            MaxTokens = longest,
            LowCost = range.Low,
            HighCost = range.High,
            Source = range.Source,
        };
    }

    /// <returns>Null when the key may not see the catalogue, so that nobody knows.</returns>
    private async Task<Model?> ModelAsync(string name, Action<CallEvent>? onEvent, CancellationToken cancellationToken)
    {
        try
        {
            IReadOnlyList<Model> models = await catalog
                .GetAsync(refresh: false, onEvent, cancellationToken)
                .ConfigureAwait(false);
            if (Find(models, name) is { } known)
            {
                return known;
            }

            // The catalogue may be older than the model.
            models = await catalog.GetAsync(refresh: true, onEvent, cancellationToken).ConfigureAwait(false);
            return Find(models, name) ?? throw UnknownModel.Error(name, models);
        }
        catch (CBorgException e) when (e.Kind == ErrorKind.RouteNotAllowed)
        {
            const string What = "This key may not see the list of models: prices are not known.";
            onEvent?.Invoke(new CallEvent { Kind = CallEventKind.Warning, Message = What });
            return null;
        }
    }

    private static Model? Find(IReadOnlyList<Model> models, string name) => models.FirstOrDefault(model => model.Name == name);
}
