using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace CBorg.Build.Help;

/// <summary>Markdown as the plain paragraphs that Get-Help shows.</summary>
internal static class PlainText
{
    private const string Indent = "    ";

    public static IReadOnlyList<string> Paragraphs(IEnumerable<Block> blocks) => [.. blocks.SelectMany(Paragraphs)];

    public static string Of(ContainerInline? inlines)
    {
        StringBuilder text = new();
        foreach (Inline inline in inlines ?? Enumerable.Empty<Inline>())
        {
            text.Append(
                inline switch
                {
                    LiteralInline literal => literal.Content.ToString(),
                    CodeInline code => code.Content,
                    LineBreakInline line => line.IsHard ? "\n" : " ",
                    LinkInline link => Link(link),
                    AutolinkInline link => link.Url,
                    HtmlEntityInline entity => entity.Transcoded.ToString(),
                    ContainerInline container => Of(container),
                    _ => throw new BuildException($"The help cannot show this Markdown: {inline.GetType().Name}"),
                }
            );
        }

        return text.ToString();
    }

    public static string Code(LeafBlock block) =>
        string.Join('\n', block.Lines.ToString().ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'));

    private static IEnumerable<string> Paragraphs(Block block) =>
        block switch
        {
            ParagraphBlock paragraph => [Of(paragraph.Inline)],
            ListBlock list => [Items(list)],
            CodeBlock code => [Indented(Code(code))],
            _ => throw new BuildException($"The help cannot show this Markdown: {block.GetType().Name} in line {block.Line + 1}"),
        };

    private static string Items(ListBlock list)
    {
        int number = int.TryParse(list.OrderedStart, out int first) ? first : 1;
        return string.Join(
            '\n',
            list.OfType<ListItemBlock>()
                .Select(item => $"{(list.IsOrdered ? $"{number++}." : "-")} {string.Join("\n", item.SelectMany(Paragraphs))}")
        );
    }

    // Links between pages mean nothing in a console.
    private static string Link(LinkInline link) =>
        link.Url is { } url && url.StartsWith("http", StringComparison.Ordinal) && Of(link) != url
            ? $"{Of(link)} ({url})"
            : Of(link);

    private static string Indented(string text) =>
        string.Join('\n', text.Split('\n').Select(line => line.Length == 0 ? line : Indent + line));
}
