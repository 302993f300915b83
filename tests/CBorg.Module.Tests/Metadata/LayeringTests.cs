using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace CBorg.Module.Tests.Metadata;

public sealed class LayeringTests
{
    private const string Engine = "System.Management.Automation";

    /// <summary>But for one attribute, by which PowerShell leaves properties out of tables; its assembly is loaded by
    /// nobody but PowerShell itself.</summary>
    [Fact]
    public void What_users_hold_needs_nothing()
    {
        using AssemblyMetadata held = new(BuiltModule.File("CBorg.Abstractions.dll"));
        Assert.Equal([Engine, "netstandard"], held.References);
        Assert.Equal([Engine + ".HiddenAttribute"], held.TypesFrom(Engine));
    }

    [Fact]
    public void The_face_needs_the_engine_what_users_hold_and_the_core() =>
        Assert.Equal(["CBorg.Abstractions", "CBorg.Core", Engine, "netstandard"], References("CBorg.dll"));

    [Theory]
    [InlineData("net8.0")]
    [InlineData("netstandard2.0")]
    public void The_core_knows_no_PowerShell(string framework)
    {
        IReadOnlyList<string> references = References("lib", framework, "CBorg.Core.dll");
        Assert.DoesNotContain(references, name => name.Contains("Automation", StringComparison.Ordinal));
        Assert.Equal(["CBorg.Abstractions"], references.Where(IsOurs));
    }

    [Theory]
    [InlineData("lib", "net8.0", "CBorg.Loader.dll")]
    [InlineData("emulator", "CBorg.Emulator.dll")]
    public void Loader_and_emulator_need_nothing_of_ours(params string[] path)
    {
        IReadOnlyList<string> references = References(path);
        Assert.DoesNotContain(references, IsOurs);
        Assert.DoesNotContain(Engine, references);
    }

    /// <summary>Whoever looks at the module's types must not need the core, which is in a load context of its own, or what
    /// it brings along.</summary>
    [Theory]
    [InlineData("CBorg.dll", "CBorg.Abstractions", Engine, "netstandard")]
    [InlineData("CBorg.Abstractions.dll", "netstandard")]
    public void The_public_face_names_nobody_else(string assembly, params string[] allowed)
    {
        using AssemblyMetadata metadata = new(BuiltModule.File(assembly));
        Assert.NotEmpty(metadata.PublicFace);
        Assert.DoesNotContain(metadata.PublicFace, use => !allowed.Contains(use.Assembly));
    }

    private static IReadOnlyList<string> References(params string[] path)
    {
        using AssemblyMetadata metadata = new(BuiltModule.File(path));
        return metadata.References;
    }

    private static bool IsOurs(string name) => name.StartsWith("CBorg", StringComparison.Ordinal);
}
