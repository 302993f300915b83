using System.Collections.Generic;

namespace CBorg.Build.Help;

/// <summary>An example: what it is about, what is typed, what comes, and what to note.</summary>
internal sealed record HelpExample(string Title, IReadOnlyList<string> Before, string Code, IReadOnlyList<string> After);
