using System;

namespace CBorg.Build;

/// <summary>A task cannot go on; the message says why.</summary>
internal sealed class BuildException(string message) : Exception(message);
