using System;
using System.Collections.Generic;
using System.Linq;

namespace CBorg.Build.Help;

/// <summary>Finds where a page and its cmdlet disagree.</summary>
internal static class HelpCheck
{
    public static IReadOnlyList<string> Complaints(HelpPage page, CmdletMetadata cmdlet) =>
        [.. Names(page, cmdlet), .. cmdlet.Parameters.SelectMany(parameter => Facts(page, parameter)), .. Parts(page)];

    private static IEnumerable<string> Names(HelpPage page, CmdletMetadata cmdlet)
    {
        string[] told = [.. page.Parameters.Select(item => item.Name)];
        string[] real = [.. cmdlet.Parameters.Select(parameter => parameter.Name)];
        return
        [
            .. real.Except(told).Select(name => $"{cmdlet.Name}: the page says nothing of -{name}"),
            .. told.Except(real).Select(name => $"{cmdlet.Name}: the page tells of -{name}, which does not exist"),
            .. told.GroupBy(name => name, StringComparer.OrdinalIgnoreCase)
                .Where(group => group.Count() > 1)
                .Select(group => $"{cmdlet.Name}: the page tells of -{group.Key} twice"),
        ];
    }

    private static IEnumerable<string> Facts(HelpPage page, ParameterMetadata parameter)
    {
        if (page.Parameters.FirstOrDefault(item => item.Name == parameter.Name) is not { } item)
        {
            yield break;
        }

        if (item.CheckedFacts != parameter.Facts)
        {
            yield return $"{page.Name} -{parameter.Name}: the facts are '{parameter.Facts}', the page has '{item.CheckedFacts}'";
        }

        if (item.Text.Count == 0)
        {
            yield return $"{page.Name} -{parameter.Name}: no description";
        }
    }

    private static IEnumerable<string> Parts(HelpPage page) =>
        from part in new (string Name, int Count, int Least)[]
        {
            ("synopsis", page.Synopsis.Count, 1),
            ("description", page.Description.Count, 1),
            ("inputs", page.Inputs.Count, 1),
            ("outputs", page.Outputs.Count, 1),
            ("examples", page.Examples.Count, 2),
            ("notes", page.Notes.Count, 1),
            ("links", page.Links.Count, 1),
        }
        where part.Count < part.Least
        select $"{page.Name}: {part.Count} {part.Name}, at least {part.Least} wanted";
}
