using System;
using System.IO;
using System.Linq;
using System.Reflection;
using CBorg.Core.Resilience;
using CBorg.Core.Tests.Infrastructure;
using Xunit;

namespace CBorg.Core.Tests.Resilience;

/// <summary>What is known of each kind of failure is in one table, and docs/errors.md shows that table.</summary>
public sealed class ErrorTableTests
{
    public static TheoryData<ErrorKind> Kinds => [.. Enum.GetValues<ErrorKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Each_kind_has_a_row_that_says_what_happened_and_what_to_do(ErrorKind kind)
    {
        ErrorRow row = ErrorTable.Of(kind);

        Assert.Equal(kind, row.Kind);
        Assert.EndsWith(".", row.What(null, new ErrorFacts()), StringComparison.Ordinal);
        Assert.DoesNotContain("{", row.What(null, new ErrorFacts()), StringComparison.Ordinal);
        Assert.NotEmpty(row.Advice(null));
    }

    [Fact]
    public void Each_kind_is_recognised_by_a_rule_or_made_by_the_client_itself()
    {
        ErrorKind[] own =
        [
            ErrorKind.Unexpected,
            ErrorKind.ConnectionFailed,
            ErrorKind.ConnectTimeout,
            ErrorKind.FirstByteTimeout,
            ErrorKind.SilenceTimeout,
            ErrorKind.CallTimeout,
            ErrorKind.StreamInterrupted,
        ];
        var recognised = typeof(FailureRules)
            .GetProperties(BindingFlags.Public | BindingFlags.Static)
            .SelectMany(group => (System.Collections.Generic.IReadOnlyList<FailureRule>)group.GetValue(null)!)
            .Select(rule => rule.Kind);

        Assert.Equal(Enum.GetValues<ErrorKind>(), recognised.Concat(own).Distinct().Order());
    }

    [Fact]
    public void The_page_shows_the_table()
    {
        string page = File.ReadAllText(ErrorPage.File).ReplaceLineEndings("\n");
        string expected = ErrorPage.With(page);
        if (Environment.GetEnvironmentVariable("CBORG_WRITE_ERRORS") == "1")
        {
            File.WriteAllText(ErrorPage.File, page = expected);
        }

        Assert.Equal(expected, page);
    }

    [Fact]
    public void A_broken_stream_is_the_fault_of_who_broke_it() =>
        Assert.Equal(
            Fault.Network,
            new CBorgStreamException("", new ChatResult(), inner: new CBorgException(ErrorKind.ConnectionFailed, "")).Fault
        );

    [Theory]
    [InlineData("LiteLLM Virtual Key: h, key_alias: None, exceeded budget for model=gpt-4o", FailureScope.Model)]
    [InlineData(
        "Authentication Error, ExceededModelBudget: Current spend for model: 2; Max Budget for Model: 1",
        FailureScope.Model
    )]
    [InlineData("ExceededBudget: User=u over budget. Spend=50.1, Budget=50.0", null)]
    [InlineData("Budget has been exceeded! Current cost: 50.1, Max budget: 50.0", null)]
    public void A_budget_of_one_model_stops_that_model_alone(string message, FailureScope? stops) =>
        Assert.Equal(
            stops,
            FailureClassifier.Find(new FailedReply(400, Given.Headers(), Given.Body(message, "budget_exceeded"))).Stops
        );

    [Fact]
    public void What_is_said_of_a_budget_of_one_model_names_the_model()
    {
        ErrorFacts facts = new() { Stops = FailureScope.Model };

        Assert.Equal("The budget of 'gpt-4o' is used up.", ErrorTable.Of(ErrorKind.Budget).What("gpt-4o", facts));
        Assert.Equal(FailureScope.Model, new CBorgBudgetException(ErrorKind.Budget, "", facts: facts).Stops);
        Assert.Equal(FailureScope.Key, new CBorgBudgetException(ErrorKind.Budget, "").Stops);
    }
}
