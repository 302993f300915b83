using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Markdig.Syntax;

namespace CBorg.Build.Help;

/// <summary>Makes an example look like the session it shows: commands get the prompt that the Markdown leaves out for the
/// sake of copying.</summary>
internal static class ExampleText
{
    private const string Prompt = "PS> ";
    private const string Continuation = ">>  ";

    public static HelpExample Read(string title, IReadOnlyList<Block> blocks)
    {
        int first = blocks.TakeWhile(block => block is not FencedCodeBlock).Count();
        int end = blocks.Count - blocks.Reverse().TakeWhile(block => block is not FencedCodeBlock).Count();
        if (first >= end)
        {
            throw new BuildException($"The example '{title}' has no code.");
        }

        return new HelpExample(
            title,
            PlainText.Paragraphs(blocks.Take(first)),
            string.Join("\n\n", blocks.Skip(first).Take(end - first).Select(Session)),
            PlainText.Paragraphs(blocks.Skip(end))
        );
    }

    private static string Session(Block block) =>
        block switch
        {
            FencedCodeBlock { Info: "powershell" } code => WithPrompts(PlainText.Code(code)),
            FencedCodeBlock code => PlainText.Code(code),
            _ => string.Join("\n\n", PlainText.Paragraphs([block])),
        };

    private static string WithPrompts(string code)
    {
        StringBuilder text = new();
        foreach (string line in code.Split('\n'))
        {
            bool continues = line.Length == 0 || char.IsWhiteSpace(line[0]) || "})|".Contains(line[0], StringComparison.Ordinal);
            text.Append(text.Length == 0 ? "" : "\n")
                .Append(
                    line.Length == 0 ? ""
                    : continues ? Continuation
                    : Prompt
                )
                .Append(line);
        }

        return text.ToString();
    }
}
