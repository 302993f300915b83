using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Binding;
using CBorg.Pipeline;

namespace CBorg.Commands;

/// <summary>New-CBorgEmbedding: texts as vectors.</summary>
[Cmdlet(VerbsCommon.New, "CBorgEmbedding", DefaultParameterSetName = "Document")]
[OutputType(typeof(Embedding))]
public sealed class NewCBorgEmbeddingCommand : ServiceCmdlet
{
    private const string FallbackModel = "lbl/nomic-embed-text";
    private const int FlushAt = 256;

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

    /// <summary>The longest one request may take, waits included.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int? TimeoutSec { get; set; }

    private readonly List<string> _waiting = [];
    private int _done;

    internal override async Task ProcessAsync(PipelineThread pipeline, CancellationToken cancellationToken)
    {
        if (ParameterSetName == "Query")
        {
            await EmbedAsync(pipeline, [Query], EmbeddingKind.Query, cancellationToken).ConfigureAwait(false);
            return;
        }

        foreach (string text in Document)
        {
            await TakeAsync(pipeline, text).ConfigureAwait(false);
        }

        if (_waiting.Count >= FlushAt)
        {
            await FlushAsync(pipeline, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>An empty text fails alone; it must not take the batch with it.</summary>
    private Task TakeAsync(PipelineThread pipeline, string text) => ForInputAsync(pipeline, text, () =>
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new CBorgRequestException(ErrorKind.BadRequest, "The text is empty: there is nothing to embed.", "Leave empty texts out.");
        }

        _waiting.Add(text);
        return Task.CompletedTask;
    });

    internal override Task EndAsync(PipelineThread pipeline, CancellationToken cancellationToken) => FlushAsync(pipeline, cancellationToken);

    private async Task FlushAsync(PipelineThread pipeline, CancellationToken cancellationToken)
    {
        if (_waiting.Count > 0)
        {
            string[] texts = [.. _waiting];
            _waiting.Clear();
            await EmbedAsync(pipeline, texts, EmbeddingKind.Document, cancellationToken).ConfigureAwait(false);
        }
    }

    private Task EmbedAsync(PipelineThread pipeline, string[] texts, EmbeddingKind kind, CancellationToken cancellationToken) => ForInputAsync(pipeline, texts.Length == 1 ? texts[0] : texts, () =>
    {
        EmbeddingRequest request = new()
        {
            Model = string.IsNullOrEmpty(Model) ? FallbackModel : Model!,
            Texts = texts,
            Kind = kind,
            Dimensions = Dimensions,
            Timeout = Seconds(TimeoutSec),
        };
        return Client.EmbedAsync(
            request,
            embedding =>
            {
                int done = ++_done;
                pipeline.Post(() => Progress.Update(request.Model, $"{done} texts"));
                return WriteAsync(pipeline, embedding);
            },
            Tell(pipeline),
            cancellationToken);
    });
}
