using System;
using System.Collections.Generic;

namespace CBorg.Build.Help;

/// <summary>Types as PowerShell writes them: by their accelerators, without namespaces, nullable ones like the others.</summary>
internal static class TypeText
{
    private const string Nullable = "System.Nullable`1<";

    private static readonly Dictionary<string, string> s_short = new(StringComparer.Ordinal)
    {
        ["System.String"] = "string",
        ["System.Int32"] = "int",
        ["System.Int64"] = "long",
        ["System.Double"] = "double",
        ["System.Decimal"] = "decimal",
        ["System.Boolean"] = "bool",
        ["System.DateTime"] = "datetime",
        ["System.Uri"] = "uri",
        ["System.Object"] = "Object",
        ["System.Collections.Hashtable"] = "hashtable",
        ["System.Security.SecureString"] = "securestring",
        ["System.Management.Automation.PSObject"] = "psobject",
        ["System.Management.Automation.PSCredential"] = "pscredential",
        ["System.Management.Automation.SwitchParameter"] = "switch",
    };

    public static string Of(string fullName)
    {
        if (fullName.EndsWith("[]", StringComparison.Ordinal))
        {
            return Of(fullName[..^2]) + "[]";
        }

        if (fullName.StartsWith(Nullable, StringComparison.Ordinal))
        {
            return Of(fullName[Nullable.Length..^1]);
        }

        return s_short.GetValueOrDefault(fullName) ?? fullName[(fullName.LastIndexOf('.') + 1)..];
    }
}
