using System.Collections.Generic;
using CBorg.Emulator.Answers.Tools;

namespace CBorg.Emulator.Answers;

/// <summary>One of the answers to a request.</summary>
internal sealed record AnswerChoice(string? Text, string? Reasoning, IReadOnlyList<ToolCall> ToolCalls, string FinishReason);
