using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace CBorg.Tour;

/// <summary>The steps of the tour.</summary>
internal sealed class Walk(ICBorgClient client, CancellationToken stop)
{
    private static readonly string[] s_comments = ["I love it", "It is terrible", "It is a chair"];
    private static readonly string[] s_words = ["Apple", "Bread", "Orange", "Pear"];

    public async Task RunAsync()
    {
        Screen.Line($"CBorg at {client.Connection.BaseUri}");
        await ConnectionAsync();
        await ModelsAsync();
        await ChatAsync();
        await RowsAsync();
        await MoneyAsync();
        await EmbeddingsAsync();
        await ErrorAsync();
        await BadLineAsync();
        Screen.Title("What next?");
        Screen.Line("With PowerShell 7 (https://aka.ms/powershell), ./build.sh demo shows all of this as cmdlets.");
        Screen.Line("With your own key, $CBORG_API_KEY, they talk to the service itself.");
    }

    private async Task ConnectionAsync()
    {
        Screen.Title("Does the line work, and is the key good?");
        await Screen.RunAsync(() => client.TestAsync(ShowAsync, stop));

        static Task ShowAsync(ConnectionCheck check)
        {
            Screen.Line($"{check.Step,-15}{check.Outcome,-8} {check.Detail} {check.Advice}".TrimEnd());
            return Task.CompletedTask;
        }
    }

    private async Task ModelsAsync()
    {
        Screen.Title("What is there, and what does a million tokens cost?");
        IReadOnlyList<Model> models = await Screen.RunAsync(() => client.GetModelsAsync(refresh: false, null, stop));
        foreach (Model model in models.Where(model => model.Name.StartsWith("lbl/cborg-", StringComparison.Ordinal) || model.Name.StartsWith("claude-", StringComparison.Ordinal)))
        {
            Screen.Line(Invariant($"{model.Name,-25} {model.Mode,-6} {model.MaxInputTokens,9} {model.InputPrice,6:0.##} {model.OutputPrice,6:0.##}"));
        }
    }

    private async Task ChatAsync()
    {
        Screen.Title("A question, and what it took.");
        Show(await Screen.RunAsync(() => client.ChatAsync(Ask("What letter comes after A?"), null, null, stop)));

        Screen.Title("Answers stream.");
        Show(await Screen.RunAsync(() => client.ChatAsync(Ask("Count to 30.", "claude-haiku"), WriteAsync, null, stop)), withText: false);

        static Task WriteAsync(ChatDelta delta)
        {
            Console.Write(delta.Text);
            return Task.CompletedTask;
        }
    }

    private async Task RowsAsync()
    {
        Screen.Title("Rows in, rows out; every one knows what it cost.");
        Screen.Line(await Screen.RunAsync(() => ClassifyAsync(s_comments, "gpt-5-mini")));
    }

    private async Task<string> ClassifyAsync(IEnumerable<string> comments, string model)
    {
        StringBuilder csv = new("Comment,Text,Cost");
        foreach (string comment in comments)
        {
            ChatResult answer = await client.ChatAsync(Ask($"Classify as positive, negative or neutral: {comment}", model), null, null, stop);
            csv.Append(CultureInfo.InvariantCulture, $"\n{comment},{answer.Text},{answer.Cost}");
        }

        return csv.ToString();
    }

    private async Task MoneyAsync()
    {
        Screen.Title("What would a question cost, and what is left of the budget?");
        CostRequest request = new() { Model = "claude-sonnet", Messages = Ask("Why is the sky blue?").Messages, MaxTokens = 500 };
        CostEstimate estimate = await Screen.RunAsync(() => client.MeasureCostAsync(request, null, stop));
        Screen.Line(Invariant($"{estimate.Model}: {estimate.PromptTokens} tokens, {estimate.LowCost} to {estimate.HighCost} USD ({estimate.Source})"));

        SpendInfo spend = await Screen.RunAsync(() => client.GetSpendAsync(null, stop));
        Screen.Line(Invariant($"{spend.Name}: {spend.Spend:0.00} of {spend.MaxBudget:0.00} USD, starts anew on {spend.BudgetResetAt:yyyy-MM-dd}"));
    }

    private async Task EmbeddingsAsync()
    {
        Screen.Title("Which text is nearest in meaning?");
        List<Embedding> embeddings = [];
        EmbeddingRequest request = new() { Model = "lbl/nomic-embed-text", Texts = s_words };
        await Screen.RunAsync(() => client.EmbedAsync(request, KeepAsync, null, stop));
        foreach (Embedding other in embeddings.Skip(1).OrderByDescending(other => client.Similarity(embeddings[0], other)))
        {
            Screen.Line(Invariant($"{client.Similarity(embeddings[0], other):0.0000} {embeddings[0].Text} - {other.Text}"));
        }

        Task KeepAsync(Embedding embedding)
        {
            embeddings.Add(embedding);
            return Task.CompletedTask;
        }
    }

    private async Task ErrorAsync()
    {
        Screen.Title("Errors say what to do.");
        try
        {
            Show(await Screen.RunAsync(() => client.ChatAsync(Ask("Hello", "claude-sonet"), null, null, stop)));
        }
        catch (CBorgRequestException e)
        {
            Screen.Line($"{e.Kind}: {e.Message} {e.Advice}");
        }
    }

    private async Task BadLineAsync()
    {
        if (!client.Connection.BaseUri.IsLoopback)
        {
            return;
        }

        Screen.Title("Bad lines are survived. The emulator is told to break the next one.");
        using HttpClient control = new() { BaseAddress = client.Connection.BaseUri };
        using StringContent fault = new("\"refuse\"");
        using HttpResponseMessage reply = await Screen.RunAsync(() => control.PostAsync("/__control/faults", fault, stop));
        Show(await Screen.RunAsync(() => client.ChatAsync(Ask("What letter comes after B?"), null, e => Screen.Line($"  {e.Message}"), stop)));
    }

    private static ChatRequest Ask(string prompt, string model = "lbl/cborg-chat") => new() { Model = model, Messages = [new ChatMessage(ChatRole.User, prompt)] };

    private static void Show(ChatResult result, bool withText = true) => Screen.Line(Invariant(
        $"{(withText ? result.Text : "")}\n- {result.Model}, {result.PromptTokens}+{result.CompletionTokens} tokens, {result.Cost} USD ({result.CostSource}), {result.Duration.TotalSeconds:0.0} s, attempts: {result.Attempts}"));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
