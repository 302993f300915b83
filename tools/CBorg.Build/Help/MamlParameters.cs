using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Xml.Linq;

namespace CBorg.Build.Help;

/// <summary>Writes parameters as MAML: once in each syntax, once with all that is to be said of them.</summary>
internal static class MamlParameters
{
    public static XElement Syntax(CmdletMetadata cmdlet, string set) =>
        new(
            Maml.Command + "syntaxItem",
            new XElement(Maml.Text + "name", cmdlet.Name),
            cmdlet
                .Syntax(set)
                .Select(entry => new XElement(
                    Maml.Command + "parameter",
                    Attributes(entry.Parameter, entry.Use),
                    new XElement(Maml.Text + "name", entry.Parameter.Name),
                    entry.Parameter.Values.Count == 0 ? Value(entry.Parameter) : Group(entry.Parameter)
                ))
        );

    public static IEnumerable<XElement> All(HelpPage page, CmdletMetadata cmdlet) =>
        from item in page.Parameters
        join parameter in cmdlet.Parameters on item.Name equals parameter.Name
        select new XElement(
            Maml.Command + "parameter",
            Attributes(parameter, parameter.Main with { Mandatory = parameter.Required }),
            new XElement(Maml.Text + "name", parameter.Name),
            Maml.Description(item.Text),
            Value(parameter),
            new XElement(Maml.Dev + "type", new XElement(Maml.Text + "name", parameter.Type), new XElement(Maml.Text + "uri")),
            new XElement(Maml.Dev + "defaultValue", item.Default ?? (parameter.IsSwitch ? "False" : "None"))
        );

    private static IEnumerable<XAttribute> Attributes(ParameterMetadata parameter, ParameterUse use) =>
        [
            new("required", use.Mandatory ? "true" : "false"),
            new("variableLength", parameter.TypeName.EndsWith("[]", System.StringComparison.Ordinal) ? "true" : "false"),
            new("globbing", parameter.Wildcards ? "true" : "false"),
            new("pipelineInput", Pipeline(use)),
            new("position", use.Position?.ToString(CultureInfo.InvariantCulture) ?? "named"),
            new("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases)),
        ];

    private static string Pipeline(ParameterUse use) =>
        (use.ByValue, use.ByName) switch
        {
            (true, true) => "True (ByValue, ByPropertyName)",
            (true, false) => "True (ByValue)",
            (false, true) => "True (ByPropertyName)",
            _ => "False",
        };

    private static XElement? Value(ParameterMetadata parameter) =>
        parameter.IsSwitch
            ? null
            : new XElement(
                Maml.Command + "parameterValue",
                new XAttribute("required", "true"),
                new XAttribute("variableLength", "false"),
                parameter.Type
            );

    private static XElement Group(ParameterMetadata parameter) =>
        new(
            Maml.Command + "parameterValueGroup",
            parameter.Values.Select(value => new XElement(
                Maml.Command + "parameterValue",
                new XAttribute("required", "false"),
                new XAttribute("variableLength", "false"),
                value
            ))
        );
}
