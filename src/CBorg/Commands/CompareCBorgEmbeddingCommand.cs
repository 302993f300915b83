using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using CBorg.Errors;
using CBorg.Module;

namespace CBorg.Commands;

/// <summary>Compare-CBorgEmbedding: how near texts are to a reference.</summary>
[Cmdlet(VerbsData.Compare, "CBorgEmbedding")]
[OutputType(typeof(EmbeddingMatch))]
public sealed class CompareCBorgEmbeddingCommand : PSCmdlet
{
    /// <summary>What to compare with.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public Embedding Reference { get; set; } = null!;

    /// <summary>The embeddings to compare.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [Alias("Embedding")]
    public Embedding[] InputObject { get; set; } = [];

    /// <summary>Only the nearest, nearest first. Without it all, in the order they came.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Top { get; set; }

    private readonly List<EmbeddingMatch> _matches = [];
    private ICBorgClient? _client;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (Embedding embedding in InputObject)
        {
            try
            {
                Add(Match(embedding));
            }
            catch (CBorgException e)
            {
                WriteError(ErrorRecords.From(e, embedding));
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (Top is { } top)
        {
            WriteObject(_matches.OrderByDescending(match => match.Similarity).Take(top), enumerateCollection: true);
        }
    }

    private EmbeddingMatch Match(Embedding embedding) =>
        new()
        {
            Text = embedding.Text,
            Similarity = (_client ??= ConnectionState.Current.Client).Similarity(Reference, embedding),
            Reference = Reference.Text,
            Model = embedding.Model,
            Embedding = embedding,
        };

    private void Add(EmbeddingMatch match)
    {
        if (Top is null)
        {
            WriteObject(match);
        }
        else
        {
            _matches.Add(match);
        }
    }
}
