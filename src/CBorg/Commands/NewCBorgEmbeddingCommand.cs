using System;
using System.Management.Automation;
using System.Threading.Tasks;
using CBorg.Binding;
using CBorg.Pipeline;

namespace CBorg.Commands;

/// <summary>New-CBorgEmbedding: texts as vectors.</summary>
[Cmdlet(VerbsCommon.New, "CBorgEmbedding", DefaultParameterSetName = "Document")]
[OutputType(typeof(Embedding))]
public sealed class NewCBorgEmbeddingCommand : RowsCmdlet
{
    private const string FallbackModel = "lbl/nomic-embed-text";

    /// <summary>Texts to be found.</summary>
    [Parameter(
        ParameterSetName = "Document",
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true
    )]
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

    /// <summary>
    /// The longest one request may take, waits included; the wait of one of many for its first permit is not counted.
    /// </summary>
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
        Start(
            new RowSession(Reports, request.Model, batch.All, row => EmbedAsync(row, request, batch)) { Open = () => batch.Open }
        );
    }

    private async Task EmbedAsync(RowSession row, EmbeddingRequest request, EmbeddingBatch batch)
    {
        try
        {
            // The request's own checks refuse an empty list and an empty query.
            if (batch.Texts.Count > 0)
            {
                await Client.EmbedAsync(request, WriteAsync, row.OnEvent, row.CancellationToken).ConfigureAwait(false);
            }
        }
        catch (CBorgException reason)
        {
            row.Fail(reason, batch.Missing);
        }

        if (batch.Empty.Count > 0)
        {
            row.Fail(NothingToEmbed(), batch.Empty);
        }

        Task WriteAsync(Embedding embedding)
        {
            batch.Embedded(embedding);
            row.Write(embedding);
            return Task.CompletedTask;
        }
    }

    private static CBorgRequestException NothingToEmbed() =>
        new(ErrorKind.BadRequest, "The text is empty: there is nothing to embed.", "Leave empty texts out.");
}
