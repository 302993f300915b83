using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace CBorg.Build.Help;

/// <summary>Reads the cmdlets of an assembly from its metadata.</summary>
internal static class ModuleMetadata
{
    private const string Engine = "System.Management.Automation.";

    public static IReadOnlyList<CmdletMetadata> Read(string assembly)
    {
        using PEReader file = new(File.OpenRead(assembly));
        MetadataReader reader = file.GetMetadataReader();
        return
        [
            .. reader
                .TypeDefinitions.Select(handle => Cmdlet(reader, reader.GetTypeDefinition(handle)))
                .OfType<CmdletMetadata>()
                .OrderBy(cmdlet => cmdlet.Name, StringComparer.Ordinal),
        ];
    }

    private static CmdletMetadata? Cmdlet(MetadataReader reader, TypeDefinition type)
    {
        IReadOnlyList<AttributeMetadata> attributes = AttributeMetadata.Of(reader, type.GetCustomAttributes());
        if (attributes.FirstOrDefault(attribute => attribute.TypeName == Engine + "CmdletAttribute") is not { } cmdlet)
        {
            return null;
        }

        return new CmdletMetadata
        {
            Verb = (string)cmdlet.Arguments[0]!,
            Noun = (string)cmdlet.Arguments[1]!,
            TypeName = reader.GetString(type.Name),
            DefaultSet = cmdlet.Text("DefaultParameterSetName"),
            SupportsShouldProcess = cmdlet.Flag("SupportsShouldProcess"),
            OutputTypes =
            [
                .. attributes
                    .Where(attribute => attribute.TypeName == Engine + "OutputTypeAttribute")
                    .SelectMany(attribute => attribute.Texts())
                    .Distinct(),
            ],
            Parameters =
            [
                .. Properties(reader, type).Select(property => Parameter(reader, property)).OfType<ParameterMetadata>(),
                .. cmdlet.Flag("SupportsShouldProcess") ? s_shouldProcess : [],
            ],
        };
    }

    /// <summary>Its own properties, and those of its bases in the same assembly.</summary>
    private static IEnumerable<PropertyDefinition> Properties(MetadataReader reader, TypeDefinition type)
    {
        IEnumerable<PropertyDefinition> own = type.GetProperties().Select(reader.GetPropertyDefinition);
        return type.BaseType.Kind == HandleKind.TypeDefinition
            ? own.Concat(Properties(reader, reader.GetTypeDefinition((TypeDefinitionHandle)type.BaseType)))
            : own;
    }

    private static ParameterMetadata? Parameter(MetadataReader reader, PropertyDefinition property)
    {
        IReadOnlyList<AttributeMetadata> attributes = AttributeMetadata.Of(reader, property.GetCustomAttributes());
        ParameterUse[] sets = [.. attributes.Where(attribute => attribute.TypeName == Engine + "ParameterAttribute").Select(Use)];
        return sets.Length == 0
            ? null
            : new ParameterMetadata
            {
                Name = reader.GetString(property.Name),
                TypeName = property.DecodeSignature(TypeNames.Instance, null).ReturnType,
                Sets = sets,
                Aliases = [.. Texts(attributes, "AliasAttribute")],
                Values = [.. Texts(attributes, "ValidateSetAttribute")],
                Wildcards = attributes.Any(attribute => attribute.TypeName == Engine + "SupportsWildcardsAttribute"),
            };
    }

    private static ParameterUse Use(AttributeMetadata attribute) =>
        new(
            attribute.Text("ParameterSetName") ?? CmdletMetadata.AllSets,
            attribute.Flag("Mandatory"),
            attribute.Number("Position"),
            attribute.Flag("ValueFromPipeline"),
            attribute.Flag("ValueFromPipelineByPropertyName")
        );

    private static IEnumerable<string> Texts(IEnumerable<AttributeMetadata> attributes, string name) =>
        attributes.Where(attribute => attribute.TypeName == Engine + name).SelectMany(attribute => attribute.Texts());

    // The engine adds these to cmdlets that ask before they act.
    private static readonly ParameterMetadata[] s_shouldProcess = [Switch("WhatIf", "wi"), Switch("Confirm", "cf")];

    private static ParameterMetadata Switch(string name, string alias) =>
        new()
        {
            Name = name,
            TypeName = Engine + "SwitchParameter",
            Aliases = [alias],
            Sets = [new ParameterUse(CmdletMetadata.AllSets, false, null, false, false)],
        };
}
