using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CBorg.Core.Resilience;
using Xunit;

namespace CBorg.Core.Tests.Resilience;

/// <summary>docs/errors.md says which failures are tried again; the policy must agree.</summary>
public sealed class ErrorTableTests
{
    private const int Retried = 3;
    private const int Fault = 4;

    public static TheoryData<ErrorKind> Kinds => [.. Enum.GetValues<ErrorKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_table_says_what_is_tried_again(ErrorKind kind)
    {
        string told = Table()[kind.ToString()][Retried];
        Assert.Equal(RetryPolicy.IsRetryable(new CBorgException(kind, "")), told.StartsWith("yes", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_table_says_whose_fault_it_is(ErrorKind kind) => Assert.Equal(new CBorgException(kind, "").Fault.ToString(), Table()[kind.ToString()][Fault]);

    [Fact]
    public void A_broken_stream_is_the_fault_of_who_broke_it() => Assert.Equal(
        CBorg.Fault.Network, new CBorgStreamException("", new ChatResult(), inner: new CBorgException(ErrorKind.ConnectionFailed, "")).Fault);

    private static Dictionary<string, string[]> Table()
    {
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root!.FullName, "CBorg.sln")))
        {
            root = root.Parent;
        }

        return File.ReadLines(Path.Combine(root.FullName, "docs", "errors.md"))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Select(line => line.Trim('|', ' ').Split(" | "))
            .ToDictionary(cells => cells[0]);
    }
}
