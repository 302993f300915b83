using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using CBorg.Binding;
using CBorg.Pipeline;
using CBorg.Pipeline.Progress;

namespace CBorg.Commands;

/// <summary>Invoke-CBorgChat: one question, one answer, with its tokens and its real cost.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "CBorgChat", DefaultParameterSetName = Sets.Result)]
[OutputType(typeof(ChatResult), ParameterSetName = [Sets.Result, Sets.Plain])]
[OutputType(typeof(ChatDelta), ParameterSetName = [Sets.Stream])]
public sealed class InvokeCBorgChatCommand : RowsCmdlet
{
    private const string FallbackModel = "lbl/cborg-chat";

    /// <summary>
    /// The question. Text from the pipeline is a question by itself, or is put below this one when both are there.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string? Prompt { get; set; }

    /// <summary>Text, or rows whose columns are named like the parameters.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>The model, exact and case-sensitive.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string? Model { get; set; }

    /// <summary>Instructions that stand above the conversation.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? System { get; set; }

    /// <summary>The conversation so far: messages, hashtables, or an earlier result.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Messages", "History")]
    [MessageTransformation]
    public ChatMessage[]? Message { get; set; }

    /// <summary>Images for a model that sees: paths, addresses or data URLs.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    public string[]? Image { get; set; }

    /// <summary>Randomness.</summary>
    [Parameter]
    [ValidateRange(0.0, 2.0)]
    public double? Temperature { get; set; }

    /// <summary>Nucleus sampling.</summary>
    [Parameter]
    [ValidateRange(0.0, 1.0)]
    public double? TopP { get; set; }

    /// <summary>The longest answer in tokens, thoughts included.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? MaxTokens { get; set; }

    /// <summary>Texts that end the answer.</summary>
    [Parameter]
    public string[]? Stop { get; set; }

    /// <summary>For repeatable answers, where the provider can.</summary>
    [Parameter]
    public long? Seed { get; set; }

    /// <summary>How hard a reasoning model may think.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(EffortCompleter))]
    public string? ReasoningEffort { get; set; }

    /// <summary>Members added to the request as they are.</summary>
    [Parameter]
    public Hashtable? ExtraBody { get; set; }

    /// <summary>
    /// The longest a call may take, waits included; the wait of a piped row for its first permit is not counted.
    /// </summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int? TimeoutSec { get; set; }

    /// <summary>Writes the pieces as they come; the last one carries the result.</summary>
    [Parameter(ParameterSetName = Sets.Stream, Mandatory = true)]
    public SwitchParameter Stream { get; set; }

    /// <summary>Asks for one body instead of a stream: it has the proxy's exact cost, but no progress.</summary>
    [Parameter(ParameterSetName = Sets.Plain, Mandatory = true)]
    public SwitchParameter NoStream { get; set; }

    /// <summary>Keeps the reply as it came in the result's Raw.</summary>
    [Parameter]
    public SwitchParameter IncludeRaw { get; set; }

    private bool _hasStandingPrompt;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();

        // A script block or a property is bound with each input, a plain value before the first.
        _hasStandingPrompt = Prompt is not null;
    }

    private protected override bool ShowsRows => !Stream;

    private protected override void TakeInput()
    {
        object? input = PlainValues.Unwrap(InputObject) ?? Prompt;
        Start(new RowSession(Reports, ModelOr(Model, FallbackModel), [input], Asking(() => Request(Asked(input)), AskAsync)));
    }

    private async Task AskAsync(RowSession row, ChatRequest request)
    {
        Func<ChatDelta, Task>? watcher = Watcher(row, request);
        ChatResult result = await Client.ChatAsync(request, watcher, row.OnEvent, row.CancellationToken).ConfigureAwait(false);
        if (!Stream)
        {
            row.Write(result);
        }
    }

    /// <summary>
    /// Who watches an answer grow: the next command, or the first row's bar. Pieces of one among many would be seen by nobody.
    /// </summary>
    private Func<ChatDelta, Task>? Watcher(RowSession row, ChatRequest request)
    {
        if (Stream)
        {
            return row.WriteAsync;
        }

        return row.Number == 1
            ? new AnswerProgress((status, tail) => Reports.ShowAnswer(request.Model, status, tail)).ShowAsync
            : null;
    }

    /// <summary>An earlier answer or a model from the pipeline is no question; the prompt is.</summary>
    private object? Asked(object? input) => input is ChatResult or CBorg.Model ? Prompt : input;

    private ChatRequest Request(object? input)
    {
        List<ChatMessage> messages = Message is null ? [] : [.. Message];
        if (!string.IsNullOrEmpty(System))
        {
            messages.RemoveAll(message => message.Role == ChatRole.System);
            messages.Insert(0, new ChatMessage(ChatRole.System, System));
        }

        string? question = PromptText.Of(Prompt, _hasStandingPrompt, InputObject);
        IReadOnlyList<ChatImage> images = Image is null ? [] : [.. ImageReading.Read(this, Image)];
        if (!string.IsNullOrWhiteSpace(question) || images.Count > 0)
        {
            messages.Add(new ChatMessage(ChatRole.User, question) { Images = images });
        }

        if (!messages.Any(message => message.Role is not ChatRole.System))
        {
            throw PromptText.Missing(InputObject);
        }

        return new ChatRequest
        {
            Model = ModelOr(Model, FallbackModel),
            Messages = messages,
            Temperature = Temperature,
            TopP = TopP,
            MaxTokens = MaxTokens,
            Stop = Stop,
            Seed = Seed,
            ReasoningEffort = ReasoningEffort,
            ExtraBody = ExtraBody is null ? null : PlainValues.FromDictionary(ExtraBody),
            Stream = !NoStream,
            Timeout = Seconds(TimeoutSec),
            QueueTimeCounts = !IsPipeline,
            IncludeRaw = IncludeRaw,
            Input = input,
        };
    }

    private static class Sets
    {
        public const string Result = nameof(Result);
        public const string Stream = nameof(Stream);
        public const string Plain = nameof(Plain);
    }
}
