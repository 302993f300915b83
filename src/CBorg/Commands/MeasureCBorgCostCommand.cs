using System.Collections.Generic;
using System.Management.Automation;
using CBorg.Binding;
using CBorg.Pipeline;

namespace CBorg.Commands;

/// <summary>Measure-CBorgCost: what a question would cost, before it is asked.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "CBorgCost")]
[OutputType(typeof(CostEstimate))]
public sealed class MeasureCBorgCostCommand : ServiceCmdlet
{
    private const string FallbackModel = "lbl/cborg-chat";

    /// <summary>The question.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string? Prompt { get; set; }

    /// <summary>Text, or rows whose columns are named like the parameters.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>The model.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string? Model { get; set; }

    /// <summary>The conversation so far.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Messages", "History")]
    [MessageTransformation]
    public ChatMessage[]? Message { get; set; }

    /// <summary>The longest answer to reckon with, in tokens.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? MaxTokens { get; set; }

    /// <summary>Asks the proxy's own calculators too.</summary>
    [Parameter]
    public SwitchParameter Server { get; set; }

    private bool _hasStandingPrompt;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();

        // A script block or a property is bound with each input, a plain value before the first.
        _hasStandingPrompt = Prompt is not null;
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        Run(
            PlainValues.Unwrap(InputObject) ?? Prompt,
            Asking(
                Request,
                async (row, request) =>
                    row.Write(await Client.MeasureCostAsync(request, row.OnEvent, row.CancellationToken).ConfigureAwait(false))
            )
        );

    private CostRequest Request()
    {
        List<ChatMessage> messages = Message is null ? [] : [.. Message];
        string? question = PromptText.Of(Prompt, _hasStandingPrompt, InputObject);
        if (!string.IsNullOrEmpty(question))
        {
            messages.Add(new ChatMessage(ChatRole.User, question));
        }

        if (messages.Count == 0)
        {
            throw PromptText.Missing(InputObject);
        }

        return new CostRequest
        {
            Model = ModelOr(Model, FallbackModel),
            Messages = messages,
            MaxTokens = MaxTokens,
            AskServer = Server,
        };
    }
}
