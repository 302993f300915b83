using System.Threading.Tasks;
using Xunit;
using Xunit.Abstractions;

namespace CBorg.Emulator.Tests.Agreement;

public sealed class RecordingsOf181(ITestOutputHelper output) : RecordingsAgreement(output)
{
    [Theory]
    [InlineData("1.81", "1.81.9", 315)]
    public Task The_emulator_answers_like_the_recorded_proxy(string generation, string version, int floor) =>
        AssertAgreementAsync(generation, version, floor);
}
