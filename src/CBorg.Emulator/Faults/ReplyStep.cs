namespace CBorg.Emulator.Faults;

/// <summary>One step of a reply on its way to the client.</summary>
internal abstract record ReplyStep;
