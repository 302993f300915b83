namespace CBorg;

/// <summary>The roles of OpenAI's chat protocol. A role is open text: a proxy may know more.</summary>
public static class ChatRole
{
    /// <summary>Instructions that stand above the conversation.</summary>
    public const string System = "system";

    /// <summary>What newer OpenAI models call the system role.</summary>
    public const string Developer = "developer";

    /// <summary>The one who asks.</summary>
    public const string User = "user";

    /// <summary>The model.</summary>
    public const string Assistant = "assistant";

    /// <summary>The result of a tool call.</summary>
    public const string Tool = "tool";
}
