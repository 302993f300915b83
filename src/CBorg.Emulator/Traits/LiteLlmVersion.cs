using System.Text.RegularExpressions;

namespace CBorg.Emulator.Traits;

/// <summary>A version of LiteLLM: 1.77.2, 1.81.9, 1.102.4 ...</summary>
internal sealed partial record LiteLlmVersion(int Major, int Minor, int Patch) : IComparable<LiteLlmVersion>
{
    /// <summary>The first version that this emulator can be.</summary>
    public static readonly LiteLlmVersion Oldest = new(1, 77, 0);

    private static readonly LiteLlmVersion[] s_measured =
    [
        new(1, 77, 2),
        new(1, 80, 11),
        new(1, 81, 9),
        new(1, 96, 0),
        new(1, 102, 4),
    ];

    private static readonly Dictionary<string, string> s_builds = new() { ["1.77.2"] = "1.77.2.post1" };

    /// <summary>The version as headers and readiness tell it.</summary>
    public string Told => s_builds.GetValueOrDefault($"{this}") ?? $"{this}";

    /// <summary>The nearest recorded generation (1.77, 1.81 or 1.102), whose lists of members and descriptions of models it
    /// has.</summary>
    public string Recorded =>
        Minor < 80 ? "1.77"
        : Minor < 96 ? "1.81"
        : "1.102";

    /// <summary>Reads a version; a short one (1.81) means the measured release of that line, else its first.</summary>
    /// <exception cref="ArgumentException">It is no version of LiteLLM from 1.77 on.</exception>
    public static LiteLlmVersion Parse(string text)
    {
        var match = Form().Match(text);
        if (!match.Success)
        {
            throw new ArgumentException($"--litellm is a version of LiteLLM like 1.81 or 1.102.4, not '{text}'.");
        }

        int Part(int group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);
        var line = new LiteLlmVersion(Part(1), Part(2), 0);
        var version = match.Groups[3].Success
            ? line with
            {
                Patch = Part(3),
            }
            : s_measured.FirstOrDefault(m => (m.Major, m.Minor) == (line.Major, line.Minor)) ?? line;
        return version.Major == 1 && version.CompareTo(Oldest) >= 0
            ? version
            : throw new ArgumentException($"--litellm takes versions 1.77 and later of LiteLLM 1, not '{text}'.");
    }

    public int CompareTo(LiteLlmVersion? other) =>
        other is null ? 1 : (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}.{Patch}");

    [GeneratedRegex(@"^v?(\d{1,3})\.(\d{1,4})(?:\.(\d{1,4}))?(?:\.post\d+|-stable)?$")]
    private static partial Regex Form();
}
