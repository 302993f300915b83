using System;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Async;
using CBorg.Core.Http;
using CBorg.Core.Limits;
using CBorg.Core.Models;
using CBorg.Core.Resilience;

namespace CBorg.Core.Chat;

/// <summary>Asks chat models.</summary>
internal sealed class ChatService(CallRunner runner, RateLimiter limiter, ModelCatalog catalog, IClock clock)
{
    [AsyncMethodBuilder(typeof(PrecompiledTaskBuilder<>))]
    public async Task<ChatResult> AskAsync(
        ChatRequest request,
        Func<ChatDelta, Task>? onDelta,
        Action<CallEvent>? onEvent,
        CancellationToken cancellationToken
    )
    {
        ChatBody body = new(request);
        ReplyCap cap = new(limiter, request.Model, body);
        if (cap.Note is { } note)
        {
            onEvent?.Invoke(new CallEvent { Kind = CallEventKind.Detail, Message = note });
        }

        CallRequest asked = Request(request, body);
        int pieces = 0;
        Func<ChatDelta, Task>? watch = onDelta is null
            ? null
            : delta =>
            {
                pieces = delta.Count;
                return onDelta(delta);
            };
        ChatCall call = new(request, asked.Estimate, cap, catalog, clock, watch, cancellationToken);
        ChatResult result = !catalog.IsCached
            ? await WithCatalogAsync(asked, call, onEvent, cancellationToken).ConfigureAwait(false)
            : await runner.RunAsync(asked, call, onEvent, cancellationToken).ConfigureAwait(false);
        if (onDelta is not null)
        {
            await onDelta(
                    new ChatDelta
                    {
                        Model = request.Model,
                        Count = pieces,
                        Result = result,
                    }
                )
                .ConfigureAwait(false);
        }

        return result;
    }

    private static CallRequest Request(ChatRequest request, ChatBody body) =>
        new()
        {
            Method = "POST",
            Path = "/chat/completions",
            Body = body.ToUtf8(),
            Model = request.Model,
            Estimate = body.Estimate,
            IsStream = body.IsStream,
            Timeout = request.Timeout,
            QueueTimeCounts = request.QueueTimeCounts,
        };

    /// <summary>The price of the answer is in the catalogue; where it is not at hand it is fetched while the model
    /// thinks.</summary>
    [AsyncMethodBuilder(typeof(PrecompiledTaskBuilder<>))]
    private async Task<ChatResult> WithCatalogAsync(
        CallRequest asked,
        ChatCall call,
        Action<CallEvent>? onEvent,
        CancellationToken cancellationToken
    )
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task warm = catalog.WarmAsync(stop.Token);
        try
        {
            return await runner.RunAsync(asked, call, onEvent, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // The answer, or its failure, was faster.
            if (!warm.IsCompleted)
            {
                stop.CancelAfter(TimeSpan.Zero);
            }

            await warm.ConfigureAwait(false);
        }
    }
}
