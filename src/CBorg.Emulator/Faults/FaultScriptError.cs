using System;

namespace CBorg.Emulator.Faults;

/// <summary>A fault script that nobody can run.</summary>
internal sealed class FaultScriptError(string message) : Exception(message);
