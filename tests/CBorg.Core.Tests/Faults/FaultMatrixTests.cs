using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using CBorg.Core.Tests.Infrastructure;
using CBorg.Core.Tests.Replay;
using CBorg.Emulator;
using Xunit;

namespace CBorg.Core.Tests.Faults;

/// <summary>Whatever goes wrong, a call ends with the whole answer or the right failure, after the right number of
/// requests, and the next one is answered.</summary>
[Collection(AloneCollection.Name)]
public sealed class FaultMatrixTests(FaultMatrixFixture fixture) : IClassFixture<FaultMatrixFixture>
{
    public static TheoryData<string> Operations => [.. Operation.All.Select(operation => operation.Name)];

    private static string Page { get; } =
        Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(Fixtures.Root))!, "docs", "fault-matrix.md");

    [Theory]
    [MemberData(nameof(Operations))]
    public void Each_fault_ends_as_it_ought_to(string operation)
    {
        string complaints = string.Join(
            "\n",
            fixture
                .Matrix.Cells.Where(cell => cell.Operation.Name == operation)
                .SelectMany(cell => cell.Complaints())
                .Select(complaint => complaint.Split('\n')[0])
        );
        Assert.True(complaints.Length == 0, complaints);
    }

    [Fact]
    public void Only_an_answer_that_was_lost_on_its_way_is_charged_for_nothing() =>
        Assert.All(
            fixture.Matrix.Cells.Where(cell => cell.Operation.Charges),
            cell =>
                Assert.Equal(
                    (cell.Row.Script, cell.LosesAnswer ? 1 : 0, cell.LosesAnswer ? cell.ForGood.Requests : 0),
                    (cell.Row.Script, cell.Once.ChargedInVain, cell.ForGood.ChargedInVain)
                )
        );

    [Fact]
    public async Task Every_fault_of_the_emulator_has_a_line()
    {
        await using EmulatorHost emulator = await EmulatorHost.StartAsync();
        using EmulatorControl control = new(emulator.ControlUrl);

        Assert.Empty(
            (await control.NamesAsync()).Except(
                FaultTable.Rows.SelectMany(row => row.Script.Split(';')).Select(script => script.Split(':')[0])
            )
        );
    }

    [Fact]
    public void The_page_shows_what_was_found()
    {
        string found = MatrixReport.Markdown(fixture.Matrix);
        if (Environment.GetEnvironmentVariable("CBORG_WRITE_FAULT_MATRIX") == "1")
        {
            File.WriteAllText(Page, found);
        }

        Assert.Equal(found, File.ReadAllText(Page).ReplaceLineEndings("\n"));
    }
}
