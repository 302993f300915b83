using System;
using System.Linq;
using System.Reflection;
using Xunit;

namespace CBorg.Module.Tests.Metadata;

public sealed class ErrorIdTests
{
    private static readonly ModuleContext s_module = new();

    /// <summary>ErrorIds are what scripts test for: one may be added, none may go or change its name.</summary>
    [Fact]
    public void The_names_are_the_pinned_ones()
    {
        string[] pinned = BuiltModule.Source("tests", "CBorg.Module.Tests", "Metadata", "ErrorIds.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal(pinned, Names());
    }

    [Fact]
    public void The_table_lists_exactly_these() => Assert.Equal(Names(), ErrorTable.Rows.Select(row => row.Id));

    [Fact]
    public void The_table_says_what_ends_the_pipeline()
    {
        MethodInfo ends = Records().GetMethod("EndsEverything")!;
        Assert.All(ErrorTable.Rows, row => Assert.True(row.Ends == (bool)ends.Invoke(null, [Kind(row.Id)])!, row.Id));
    }

    private static string[] Names() => [.. Enum.GetNames(s_module.Load("CBorg.Abstractions").GetType("CBorg.ErrorKind", throwOnError: true)!)];

    private static object Kind(string id) => Enum.Parse(s_module.Load("CBorg.Abstractions").GetType("CBorg.ErrorKind")!, id);

    private static Type Records() => s_module.Load("CBorg").GetType("CBorg.Errors.ErrorRecords", throwOnError: true)!;
}
