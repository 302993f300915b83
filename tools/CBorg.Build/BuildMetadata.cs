using System.Linq;
using System.Reflection;

namespace CBorg.Build;

/// <summary>What the build of this program knew: see CBorg.Build.csproj.</summary>
internal static class BuildMetadata
{
    public static string Of(string name) =>
        typeof(BuildMetadata)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .First(attribute => attribute.Key == name)
            .Value!;
}
