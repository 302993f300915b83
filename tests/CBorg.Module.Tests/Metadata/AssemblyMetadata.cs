using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace CBorg.Module.Tests.Metadata;

/// <summary>Which assemblies an assembly needs, and which of them its public face names.</summary>
internal sealed class AssemblyMetadata : IDisposable
{
    private readonly PEReader _file;
    private readonly MetadataReader _reader;

    public AssemblyMetadata(string path)
    {
        _file = new PEReader(File.OpenRead(path));
        _reader = _file.GetMetadataReader();
    }

    public IReadOnlyList<string> References =>
        [
            .. _reader
                .AssemblyReferences.Select(handle => _reader.GetString(_reader.GetAssemblyReference(handle).Name))
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>The types that it uses of another assembly.</summary>
    public IReadOnlyList<string> TypesFrom(string assembly) =>
        [
            .. from handle in _reader.TypeReferences
            let type = _reader.GetTypeReference(handle)
            where
                type.ResolutionScope.Kind == HandleKind.AssemblyReference
                && _reader.GetString(_reader.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name) == assembly
            select $"{_reader.GetString(type.Namespace)}.{_reader.GetString(type.Name)}",
        ];

    /// <summary>Each public type with its properties, for views that name them.</summary>
    public IReadOnlyDictionary<string, string[]> Properties =>
        Public()
            .ToDictionary(
                type => $"{_reader.GetString(type.Namespace)}.{_reader.GetString(type.Name)}",
                type =>
                    type.GetProperties().Select(handle => _reader.GetString(_reader.GetPropertyDefinition(handle).Name)).ToArray()
            );

    public IReadOnlyList<string> Methods(string type) =>
        [
            .. Public()
                .Where(definition => _reader.GetString(definition.Name) == type)
                .SelectMany(definition => definition.GetMethods())
                .Select(handle => _reader.GetString(_reader.GetMethodDefinition(handle).Name)),
        ];

    /// <summary>Assemblies whose types stand in signatures that others can see, as <c>assembly (member)</c>.</summary>
    public IReadOnlyList<(string Assembly, string Member)> PublicFace =>
        [.. Public().SelectMany(type => SignatureAssemblies.Of(_reader, type)).Distinct()];

    public void Dispose() => _file.Dispose();

    private IEnumerable<TypeDefinition> Public() => _reader.TypeDefinitions.Select(_reader.GetTypeDefinition).Where(IsVisible);

    private bool IsVisible(TypeDefinition type) =>
        (type.Attributes & System.Reflection.TypeAttributes.VisibilityMask) switch
        {
            System.Reflection.TypeAttributes.Public => true,
            System.Reflection.TypeAttributes.NestedPublic
            or System.Reflection.TypeAttributes.NestedFamily
            or System.Reflection.TypeAttributes.NestedFamORAssem => IsVisible(_reader.GetTypeDefinition(type.GetDeclaringType())),
            _ => false,
        };
}
