using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;

namespace CBorg.Build.Help;

/// <summary>Writes pages as MAML, the form that Get-Help reads.</summary>
internal static class MamlWriter
{
    public static XDocument Write(IEnumerable<(HelpPage Page, CmdletMetadata Cmdlet)> commands) =>
        new(
            new XDeclaration("1.0", "utf-8", null),
            new XElement(
                Maml.Root + "helpItems",
                new XAttribute("schema", "maml"),
                new XAttribute(XNamespace.Xmlns + "maml", Maml.Text),
                new XAttribute(XNamespace.Xmlns + "command", Maml.Command),
                new XAttribute(XNamespace.Xmlns + "dev", Maml.Dev),
                commands.Select(command => Write(command.Page, command.Cmdlet))
            )
        );

    private static XElement Write(HelpPage page, CmdletMetadata cmdlet) =>
        new(
            Maml.Command + "command",
            new XElement(
                Maml.Command + "details",
                new XElement(Maml.Command + "name", cmdlet.Name),
                new XElement(Maml.Command + "verb", cmdlet.Verb),
                new XElement(Maml.Command + "noun", cmdlet.Noun),
                Maml.Description(page.Synopsis)
            ),
            Maml.Description(page.Description),
            new XElement(Maml.Command + "syntax", cmdlet.Sets.Select(set => MamlParameters.Syntax(cmdlet, set))),
            new XElement(Maml.Command + "parameters", MamlParameters.All(page, cmdlet)),
            new XElement(Maml.Command + "inputTypes", page.Inputs.Select(item => Type("inputType", item))),
            new XElement(Maml.Command + "returnValues", page.Outputs.Select(item => Type("returnValue", item))),
            new XElement(Maml.Text + "alertSet", new XElement(Maml.Text + "alert", Maml.Paragraphs(page.Notes))),
            new XElement(Maml.Command + "examples", page.Examples.Select(Example)),
            new XElement(Maml.Command + "relatedLinks", page.Links.Select(Link))
        );

    private static XElement Type(string element, HelpItem item) =>
        new(
            Maml.Command + element,
            new XElement(Maml.Dev + "type", new XElement(Maml.Text + "name", item.Name), new XElement(Maml.Text + "uri")),
            Maml.Description(item.Text)
        );

    private static XElement Example(HelpExample example, int index) =>
        new(
            Maml.Command + "example",
            new XElement(Maml.Text + "title", $"---------- Example {index + 1}: {example.Title} ----------"),
            new XElement(Maml.Dev + "code", example.Code),
            // An introduction would run into the code, for the engine ends no line between them; two empty paragraphs keep
            // the next example apart.
            new XElement(Maml.Dev + "remarks", Maml.Paragraphs([.. example.Before, .. example.After, "", ""]))
        );

    private static XElement Link(HelpLink link) =>
        new(
            Maml.Text + "navigationLink",
            new XElement(Maml.Text + "linkText", link.Text),
            new XElement(Maml.Text + "uri", link.Address)
        );
}
