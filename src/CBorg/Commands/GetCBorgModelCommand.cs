using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using CBorg.Binding;
using CBorg.Pipeline;

namespace CBorg.Commands;

/// <summary>Get-CBorgModel: the models that the key may use, with limits, prices and capabilities.</summary>
[Cmdlet(VerbsCommon.Get, "CBorgModel")]
[OutputType(typeof(Model))]
public sealed class GetCBorgModelCommand : ServiceCmdlet
{
    /// <summary>Names, with wildcards.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Model")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string[]? Name { get; set; }

    /// <summary>What they are for: chat, embedding, image_generation ...</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ModeCompleter))]
    public string[]? Mode { get; set; }

    /// <summary>What they must be able to do; all of these.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(CapabilityCompleter))]
    public string[]? Capability { get; set; }

    /// <summary>Only models on the Laboratory's own hardware; -OnPrem:$false only the others.</summary>
    [Parameter]
    public SwitchParameter OnPrem { get; set; }

    /// <summary>The dearest, in USD per million tokens of the question. Models of unknown price are left out.</summary>
    [Parameter]
    [ValidateRange(0.0, 1e9)]
    public double? MaxInputPrice { get; set; }

    /// <summary>Asks anew instead of taking the catalogue that the process has.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private bool _refreshed;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string name in Name ?? ["*"])
        {
            Run(name, row => FindAsync(row, name));
        }
    }

    private async Task FindAsync(RowSession row, string name)
    {
        IReadOnlyList<Model> all = await Client
            .GetModelsAsync(Force && !_refreshed, row.OnEvent, row.CancellationToken)
            .ConfigureAwait(false);
        _refreshed = true;
        WildcardPattern pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
        Model[] named = [.. all.Where(model => pattern.IsMatch(model.Name))];
        foreach (Model model in named.Where(Fits))
        {
            row.Write(model);
        }

        if (named.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
        {
            throw new CBorgRequestException(
                ErrorKind.ModelNotFound,
                $"There is no model '{name}', or this key may not use it.",
                $"Get-CBorgModel *{name}* finds similar names."
            );
        }
    }

    private bool Fits(Model model) =>
        (Mode is null || Mode.Contains(model.Mode ?? "", StringComparer.OrdinalIgnoreCase))
        && (Capability is null || Capability.All(capability => Has(model, capability)))
        && (!MyInvocation.BoundParameters.ContainsKey(nameof(OnPrem)) || model.OnPrem == OnPrem)
        && (MaxInputPrice is not { } price || model.InputPrice <= (decimal)price);

    /// <summary>Capabilities are taken by LiteLLM's word, with or without <c>supports_</c>, or without its underscores.</summary>
    private static bool Has(Model model, string capability)
    {
        string wanted = Plain(capability);
        return model.Capabilities.Any(has => has.Value == true && Plain(has.Key) == wanted);
    }

    private static string Plain(string capability)
    {
        string plain = capability.Replace("_", "").ToLowerInvariant();
        return plain.StartsWith("supports", StringComparison.Ordinal) ? plain.Substring("supports".Length) : plain;
    }
}
