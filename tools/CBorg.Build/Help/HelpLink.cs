namespace CBorg.Build.Help;

/// <summary>A related link; its address is empty when it leads to another page of the help.</summary>
internal sealed record HelpLink(string Text, string Address);
