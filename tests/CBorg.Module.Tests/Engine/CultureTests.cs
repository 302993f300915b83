using System;
using System.Text.RegularExpressions;
using CBorg.Module.Tests.Engine.Stub;
using Xunit;

namespace CBorg.Module.Tests.Engine;

/// <summary>
/// Dates, amounts and times that the module writes read the same wherever a user lives: no Thai years, no decimal commas. What
/// PowerShell writes of a bare property is PowerShell's.
/// </summary>
public sealed class CultureTests : IDisposable
{
    private const string Everything = """
        [cultureinfo]::CurrentCulture = $args[0]
        $e = Start-CBorgEmulator -Connect
        'apple', 'pear' | New-CBorgEmbedding | Compare-CBorgEmbedding (New-CBorgEmbedding -Query apple) | Out-String
        $r = Invoke-CBorgChat 'What letter comes after A?' -Model claude-sonnet -Verbose 4>&1
        ($r | Where-Object { $_ -isnot [Management.Automation.VerboseRecord] }).Cost.GetType().Name
        Measure-CBorgCost 'Write a poem' -Model claude-opus | Out-String
        Get-CBorgSpend | ForEach-Object { "$_"; $_ | Out-String }
        Get-CBorgSpend -Daily | Out-String
        Get-CBorgKey | Out-String
        Get-CBorgRateLimit | Out-String
        Test-CBorgConnection | Out-String -Width 200
        (Get-CBorgModel claude-opus).ToString()
        """;

    private readonly StubServer _stub = new();
    private readonly EngineSession? _session;

    public CultureTests() => _session = EngineSession.Open(_stub);

    public void Dispose()
    {
        _session?.Run("Stop-CBorgEmulator");
        _session?.Dispose();
        _stub.Dispose();
    }

    [Theory]
    [InlineData("th-TH")]
    [InlineData("de-DE")]
    [InlineData("fa-IR")]
    public void What_is_shown_reads_the_same_in(string culture)
    {
        string shown = string.Join("\n", _session!.Run(Everything, culture).Done().Output);

        Assert.Contains(
            DateTime.UtcNow.Year.ToString(System.Globalization.CultureInfo.InvariantCulture),
            shown,
            StringComparison.Ordinal
        );
        Assert.DoesNotMatch(new Regex(@"\b25[67]\d-|\b140\d-|\$\d+,\d|\d,\d+ (USD|s|ms)\b"), shown);
        Assert.Matches(new Regex(@"\$\d+\.\d"), shown);
    }
}
