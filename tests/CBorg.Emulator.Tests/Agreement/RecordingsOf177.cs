using System.Threading.Tasks;
using Xunit;
using Xunit.Abstractions;

namespace CBorg.Emulator.Tests.Agreement;

public sealed class RecordingsOf177(ITestOutputHelper output) : RecordingsAgreement(output)
{
    [Theory]
    [InlineData("1.77", "1.77.2", 315)]
    public Task The_emulator_answers_like_the_recorded_proxy(string generation, string version, int floor) =>
        AssertAgreementAsync(generation, version, floor);
}
