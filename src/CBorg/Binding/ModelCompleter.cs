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
            string word = wordToComplete.Trim('\'', '"');
            WildcardPattern pattern = WildcardPattern.Get($"*{word}*", WildcardOptions.IgnoreCase);
            return
            [
                .. Models()
                    .Where(model => Fits(model, commandName) && pattern.IsMatch(model.Name))
                    .OrderBy(model => model.Name.StartsWith(word, StringComparison.OrdinalIgnoreCase) ? 0 : 1)
                    .Select(Completion),
            ];
        }
        catch (Exception e) when (e is CBorgException or OperationCanceledException or AggregateException)
        {
            return [];
        }
    }

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

    private static CompletionResult Completion(Model model)
    {
        string text =
            model.Name.IndexOfAny([' ', '\'', '(', ')', ';', '@', '$', '`']) >= 0
                ? $"'{model.Name.Replace("'", "''")}'"
                : model.Name;
        string tip =
            $"{model.UnderlyingModel ?? model.Name}{(model.InputPrice is { } price ? FormattableString.Invariant($", {price:0.####}/{model.OutputPrice:0.####} USD per million tokens") : "")}";
        return new CompletionResult(text, model.Name, CompletionResultType.ParameterValue, tip);
    }
}
