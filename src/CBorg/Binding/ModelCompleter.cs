using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Module;

namespace CBorg.Binding;

/// <summary>
/// Completes model names from the catalogue that the process has. When it has none it is fetched in the background: a key
/// press never fails and never waits long.
/// </summary>
public sealed class ModelCompleter : IArgumentCompleter
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromMilliseconds(250);

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters
    )
    {
        try
        {
            string word = Literal.Typed(wordToComplete);
            return
            [
                .. Models()
                    .Where(model => Fits(model, commandName) && Holds(model.Name, word))
                    .OrderBy(model => model.Name.StartsWith(word, StringComparison.OrdinalIgnoreCase) ? 0 : 1)
                    .Select(model => Completion(model, takesPatterns: commandName == "Get-CBorgModel"))
                    .OfType<CompletionResult>(),
            ];
        }
        catch (Exception e) when (e is CBorgException or OperationCanceledException or AggregateException)
        {
            return [];
        }
    }

    // What was typed may have wildcards, or be the beginning of a name that has such characters.
    private static bool Holds(string name, string word) =>
        name.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0
        || WildcardPattern.Get($"*{word}*", WildcardOptions.IgnoreCase).IsMatch(name);

    private static IReadOnlyList<Model> Models()
    {
        ICBorgClient client = ConnectionState.Current.Client;
        if (client.CachedModels is { } known)
        {
            return known;
        }

        // Not cancelled when the time is over: the next key press finds the catalogue.
        Task<IReadOnlyList<Model>> fetch = Task.Run(() => client.GetModelsAsync(refresh: false, null, CancellationToken.None));
        _ = fetch.ContinueWith(
            task => task.Exception,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted,
            TaskScheduler.Default
        );
        return fetch.Wait(s_timeout) ? fetch.Result : [];
    }

    private static bool Fits(Model model, string commandName)
    {
        bool embeds = model.Mode == "embedding" || (model.Mode is null && model.Name.Contains("embed"));
        return commandName switch
        {
            "New-CBorgEmbedding" => embeds,
            "Invoke-CBorgChat" or "Measure-CBorgCost" => !embeds && model.Mode is null or "chat" or "completion" or "responses",
            _ => true,
        };
    }

    private static CompletionResult? Completion(Model model, bool takesPatterns)
    {
        string price = model.InputPrice is { } input
            ? FormattableString.Invariant($", {input:0.####}/{model.OutputPrice:0.####} USD per million tokens")
            : "";
        string inserted = takesPatterns ? WildcardPattern.Escape(model.Name) : model.Name;
        return Literal.Completion(model.Name, (model.UnderlyingModel ?? model.Name) + price, inserted);
    }
}
