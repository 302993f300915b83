using System;
using System.Linq;
using System.Reflection;
using CBorg.Module.Tests.Engine;
using Xunit;

namespace CBorg.Module.Tests.Metadata;

public sealed class ErrorIdTests
{
    private static readonly ModuleContext s_module = new();

    /// <summary>ErrorIds are what scripts test for: one may be added, none may go or change its name.</summary>
    [Fact]
    public void The_names_are_the_pinned_ones()
    {
        string[] pinned = BuiltModule
            .Source("tests", "CBorg.Module.Tests", "Metadata", "ErrorIds.txt")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal(pinned, Names());
    }

    [Fact]
    public void The_table_lists_exactly_these() => Assert.Equal(Names(), ErrorTable.Rows.Select(row => row.Id));

    [Fact]
    public void The_table_says_what_ends_the_pipeline()
    {
        MethodInfo ends = Records().GetMethod("EndsEverything")!;
        Assert.All(ErrorTable.Rows, row => Assert.True(row.Ends == (bool)ends.Invoke(null, [Failure(row.Id)])!, row.Id));
    }

    [Fact]
    public void Each_category_is_one_of_PowerShells() =>
        Assert.All(
            ErrorTable.Rows,
            row => Assert.True(Enum.TryParse<System.Management.Automation.ErrorCategory>(row.Category, out _), row.Id)
        );

    private static string[] Names() => [.. Enum.GetNames(Type("ErrorKind"))];

    private static object Failure(string id) =>
        Activator.CreateInstance(Type("CBorgException"), Enum.Parse(Type("ErrorKind"), id), "", null, null, null)!;

    private static Type Type(string name) => s_module.Load("CBorg.Abstractions").GetType("CBorg." + name, throwOnError: true)!;

    private static Type Records() => s_module.Load("CBorg").GetType("CBorg.Errors.ErrorRecords", throwOnError: true)!;
}
