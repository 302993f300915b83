using System;
using System.Collections.Generic;
using System.Diagnostics.Tracing;
using System.Linq;

namespace CBorg.Bench;

/// <summary>The methods that the runtime compiles while this lives, as it tells of them.</summary>
internal sealed class CompiledMethods : EventListener
{
    private const EventKeywords JitKeyword = (EventKeywords)0x10;
    private const int MethodLoadVerbose = 143;

    private readonly List<string> _names = [];

    public void Print()
    {
        string[] names;
        lock (_names)
        {
            names = [.. _names];
        }

        foreach (
            IGrouping<string, string> group in names
                .GroupBy(name => name.Split("::")[0])
                .OrderByDescending(group => group.Count())
        )
        {
            Console.WriteLine($"# {group.Count()} {group.Key}: {string.Join(' ', group.Select(name => name.Split("::")[1]))}");
        }
    }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "Microsoft-Windows-DotNETRuntime")
        {
            EnableEvents(eventSource, EventLevel.Verbose, JitKeyword);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        const uint Dynamic = 0x1;
        const uint Jitted = 0x8;
        if (
            _names is not null
            && eventData.EventId == MethodLoadVerbose
            && eventData.Payload is { } payload
            && ((uint)payload[5]! & Jitted) != 0
        )
        {
            lock (_names)
            {
                _names.Add($"{payload[6]}::{payload[7]}{(((uint)payload[5]! & Dynamic) != 0 ? "(dynamic)" : "")}");
            }
        }
    }
}
