using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace CBorg.Build.Help;

/// <summary>Reads a page of docs/help: its headings are the parts of the help.</summary>
internal static class MarkdownPage
{
    private static readonly string[] s_sections =
    [
        "Synopsis",
        "Description",
        "Parameters",
        "Inputs",
        "Outputs",
        "Examples",
        "Notes",
        "Related links",
    ];

    public static HelpPage Read(string path)
    {
        MarkdownDocument document = Markdown.Parse(File.ReadAllText(path));
        (string name, IReadOnlyList<Block> body) = Split(document, 1).First();
        Dictionary<string, IReadOnlyList<Block>> sections = Split(body, 2)
            .Where(section => section.Title.Length > 0)
            .ToDictionary(section => section.Title, section => section.Blocks);
        string? wrong =
            sections.Keys.FirstOrDefault(title => !s_sections.Contains(title))
            ?? s_sections.FirstOrDefault(title => !sections.ContainsKey(title));
        if (wrong is not null)
        {
            throw new BuildException(
                $"{Path.GetFileName(path)}: the sections are {string.Join(", ", s_sections)}; '{wrong}' is not among them or missing."
            );
        }

        return new HelpPage
        {
            Name = name,
            Synopsis = PlainText.Paragraphs(sections["Synopsis"]),
            Description = PlainText.Paragraphs(sections["Description"]),
            Parameters = [.. Items(sections["Parameters"]).Select(item => item with { Name = item.Name.TrimStart('-') })],
            Inputs = [.. Items(sections["Inputs"])],
            Outputs = [.. Items(sections["Outputs"])],
            Examples =
            [
                .. Split(sections["Examples"], 3)
                    .Where(part => part.Title.Length > 0)
                    .Select(part => ExampleText.Read(part.Title, part.Blocks)),
            ],
            Notes = PlainText.Paragraphs(sections["Notes"]),
            Links = [.. sections["Related links"].SelectMany(block => block.Descendants<LinkInline>()).Select(Link)],
        };
    }

    private static IEnumerable<HelpItem> Items(IEnumerable<Block> blocks) =>
        from part in Split(blocks, 3)
        where part.Title.Length > 0
        select new HelpItem(
            part.Title,
            PlainText.Paragraphs(part.Blocks.Where(block => block is not QuoteBlock)),
            Facts(part.Blocks)
        );

    private static string? Facts(IEnumerable<Block> blocks) =>
        blocks
            .OfType<QuoteBlock>()
            .FirstOrDefault()
            ?.OfType<ParagraphBlock>()
            .Select(paragraph => PlainText.Of(paragraph.Inline))
            .FirstOrDefault();

    /// <summary>Cuts blocks at headings of a level; what stands before the first one has no title.</summary>
    private static IEnumerable<(string Title, IReadOnlyList<Block> Blocks)> Split(IEnumerable<Block> blocks, int level)
    {
        string title = "";
        List<Block> part = [];
        foreach (Block block in blocks)
        {
            if (block is HeadingBlock heading && heading.Level == level)
            {
                if (title.Length > 0 || part.Count > 0)
                {
                    yield return (title, part);
                }

                (title, part) = (PlainText.Of(heading.Inline), []);
            }
            else
            {
                part.Add(block);
            }
        }

        yield return (title, part);
    }

    private static HelpLink Link(LinkInline link) =>
        new(
            PlainText.Of((ContainerInline)link),
            link.Url is { } url && url.StartsWith("http", StringComparison.Ordinal) ? url : ""
        );
}
