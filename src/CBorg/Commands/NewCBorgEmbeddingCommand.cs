using System;
using System.Management.Automation;
using System.Threading.Tasks;
using CBorg.Binding;
using CBorg.Pipeline;
using CBorg.Pipeline.Rows;

namespace CBorg.Commands;

/// <summary>New-CBorgEmbedding: texts as vectors.</summary>
[Cmdlet(VerbsCommon.New, "CBorgEmbedding", DefaultParameterSetName = "Document")]
[OutputType(typeof(Embedding))]
public sealed class NewCBorgEmbeddingCommand : RowsCmdlet
{
    private const string FallbackModel = "lbl/nomic-embed-text";

    /// <summary>Texts to be found.</summary>
    [Parameter(ParameterSetName = "Document", Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Text")]
    [AllowEmptyString]
    public string[] Document { get; set; } = [];

    /// <summary>A question to search with.</summary>
    [Parameter(ParameterSetName = "Query", Mandatory = true)]
    public string Query { get; set; } = "";

    /// <summary>The model.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string? Model { get; set; }

    /// <summary>Shorter vectors, where the model can.</summary>
    [Parameter]
    [ValidateRange(1, 65536)]
    public int? Dimensions { get; set; }

    /// <summary>The longest one request may take, waits included; the wait of one of many for its first place is not counted.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int? TimeoutSec { get; set; }

    private EmbeddingBatch _batch = new();

    private protected override void TakeInput()
    {
        if (ParameterSetName == "Query")
        {
            Send(new EmbeddingBatch(Query), EmbeddingKind.Query);
            return;
        }

        foreach (string text in Document)
        {
            if (!_batch.TryAdd(text))
            {
                TakeRest();
                _batch.TryAdd(text);
            }
        }
    }

    private protected override void TakeRest()
    {
        if (_batch.Count > 0)
        {
            EmbeddingBatch full = _batch;
            _batch = new EmbeddingBatch();
            Send(full, EmbeddingKind.Document);
        }
    }

    private void Send(EmbeddingBatch batch, EmbeddingKind kind)
    {
        EmbeddingRequest request = new()
        {
            Model = string.IsNullOrEmpty(Model) ? FallbackModel : Model!,
            Texts = batch.Texts,
            Kind = kind,
            Dimensions = Dimensions,
            Timeout = Seconds(TimeoutSec),
            QueueTimeCounts = !IsPipeline && Document.Length <= EmbeddingBatch.MostTexts,
        };
        Start(request.Model, batch.Count, row => EmbedAsync(row, request, batch));
    }

    private async Task EmbedAsync(Row<object> row, EmbeddingRequest request, EmbeddingBatch batch)
    {
        // The request's own checks refuse an empty list and an empty query.
        CBorgException? failure = null;
        if (batch.Texts.Count > 0)
        {
            failure = await TryEmbedAsync(row, request, batch).ConfigureAwait(false);
        }

        if (failure is not null && batch.Missing is { Count: > 0 } missing)
        {
            Fail(row, failure, missing);
        }

        if (batch.Empty.Count > 0)
        {
            Fail(row, new CBorgRequestException(ErrorKind.BadRequest, "The text is empty: there is nothing to embed.", "Leave empty texts out."), batch.Empty);
        }
    }

    private async Task<CBorgException?> TryEmbedAsync(Row<object> row, EmbeddingRequest request, EmbeddingBatch batch)
    {
        try
        {
            await Client.EmbedAsync(
                request,
                embedding =>
                {
                    batch.Embedded(embedding);
                    Tally.Ended(succeeded: true);
                    row.Write(embedding);
                    return Task.CompletedTask;
                },
                Reports.Tell(row),
                row.CancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (CBorgException e)
        {
            return e;
        }
    }
}
