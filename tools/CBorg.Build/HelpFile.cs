using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CBorg.Build.Help;

namespace CBorg.Build;

/// <summary>Makes the help that Get-Help reads (MAML) of the Markdown in docs/help and the cmdlets' own metadata, and puts
/// the about topics beside it.</summary>
internal sealed class HelpFile(string pages, string abouts, string module)
{
    public const string Name = "CBorg.dll-Help.xml";

    public void WriteTo(string directory)
    {
        Directory.CreateDirectory(directory);
        (HelpPage, CmdletMetadata)[] commands = [.. Commands()];
        MamlWriter.Write(commands).Save(Path.Combine(directory, Name));
        foreach (string about in Directory.EnumerateFiles(abouts, "about_*.help.txt"))
        {
            File.Copy(about, Path.Combine(directory, Path.GetFileName(about)), overwrite: true);
        }
    }

    /// <summary>A gap in the help does not stop a build; it is named here and fails a test.</summary>
    private IEnumerable<(HelpPage Page, CmdletMetadata Cmdlet)> Commands()
    {
        foreach (CmdletMetadata cmdlet in ModuleMetadata.Read(module))
        {
            string path = Path.Combine(pages, cmdlet.Name + ".md");
            if (!File.Exists(path))
            {
                Console.WriteLine($"help: there is no {cmdlet.Name}.md");
                continue;
            }

            HelpPage page = MarkdownPage.Read(path);
            foreach (string complaint in HelpCheck.Complaints(page, cmdlet))
            {
                Console.WriteLine($"help: {complaint}");
            }

            yield return (page, cmdlet);
        }
    }
}
