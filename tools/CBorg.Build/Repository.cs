using System;
using System.IO;
using System.Xml.Linq;
using System.Xml.XPath;

namespace CBorg.Build;

/// <summary>Where things are.</summary>
internal sealed class Repository(string root)
{
    public string Root => root;

    /// <summary>The one version number, of Directory.Build.props.</summary>
    public string Version { get; } =
        XDocument.Load(Path.Combine(root, "Directory.Build.props")).XPathSelectElement("//Version")?.Value
        ?? throw new BuildException("Directory.Build.props has no <Version>.");

    /// <summary>The built module.</summary>
    public string ModuleDirectory => Path.Combine(root, "out", "CBorg", Version);

    /// <summary>The emulator's folder in the built module, which a package can leave out.</summary>
    public string EmulatorDirectory => Path.Combine(ModuleDirectory, "emulator");

    public string ModuleManifest => Path.Combine(ModuleDirectory, "CBorg.psd1");

    public static Repository Find(string? start = null)
    {
        for (
            DirectoryInfo? directory = new(start ?? Directory.GetCurrentDirectory());
            directory is not null;
            directory = directory.Parent
        )
        {
            if (File.Exists(Path.Combine(directory.FullName, "CBorg.sln")))
            {
                return new Repository(directory.FullName);
            }
        }

        throw new BuildException("Run this inside the CBorg repository.");
    }

    public string PathOf(params string[] parts) => Path.Combine([root, .. parts]);

    /// <summary>What a project's build made.</summary>
    public string Output(string project, string? framework = null) =>
        PathOf("artifacts", "bin", project, framework is null ? "release" : $"release_{framework}");

    public int Clean()
    {
        foreach (string directory in new[] { "out", "TestResults" })
        {
            if (Directory.Exists(PathOf(directory)))
            {
                Directory.Delete(PathOf(directory), recursive: true);
            }
        }

        return Shell.Run("dotnet", ["clean", PathOf("CBorg.sln"), "-c", "Release", "-v", "quiet", "-nologo"]);
    }
}
