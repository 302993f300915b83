using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;

namespace CBorg.Module.Tests.Metadata;

/// <summary>Collects the assemblies of the types in a public type's base, interfaces, and public or protected members.</summary>
internal sealed class SignatureAssemblies : ISignatureTypeProvider<ImmutableHashSet<string>, object?>
{
    private static readonly SignatureAssemblies s_instance = new();
    private static readonly ImmutableHashSet<string> s_none = [];

    public static IEnumerable<(string Assembly, string Member)> Of(MetadataReader reader, TypeDefinition type)
    {
        string name = reader.GetString(type.Name);
        IEnumerable<(ImmutableHashSet<string> Assemblies, string Member)> all =
        [
            (s_instance.OfHandle(reader, type.BaseType), name),
            .. type.GetInterfaceImplementations()
                .Select(handle => (s_instance.OfHandle(reader, reader.GetInterfaceImplementation(handle).Interface), name)),
            .. type.GetFields()
                .Select(reader.GetFieldDefinition)
                .Where(field => IsVisible((MethodAttributes)field.Attributes))
                .Select(field => (field.DecodeSignature(s_instance, null), $"{name}.{reader.GetString(field.Name)}")),
            .. type.GetMethods()
                .Select(reader.GetMethodDefinition)
                .Where(method => IsVisible(method.Attributes))
                .Select(method =>
                    (OfMethod(method.DecodeSignature(s_instance, null)), $"{name}.{reader.GetString(method.Name)}")
                ),
        ];
        return all.SelectMany(entry => entry.Assemblies.Select(assembly => (assembly, entry.Member)));
    }

    public ImmutableHashSet<string> GetPrimitiveType(PrimitiveTypeCode typeCode) => s_none;

    public ImmutableHashSet<string> GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) =>
        s_none;

    public ImmutableHashSet<string> GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
    {
        EntityHandle scope = reader.GetTypeReference(handle).ResolutionScope;
        return scope.Kind switch
        {
            HandleKind.AssemblyReference => [reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)scope).Name)],
            HandleKind.TypeReference => GetTypeFromReference(reader, (TypeReferenceHandle)scope, rawTypeKind),
            _ => s_none,
        };
    }

    public ImmutableHashSet<string> GetTypeFromSpecification(
        MetadataReader reader,
        object? genericContext,
        TypeSpecificationHandle handle,
        byte rawTypeKind
    ) => reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    public ImmutableHashSet<string> GetSZArrayType(ImmutableHashSet<string> elementType) => elementType;

    public ImmutableHashSet<string> GetArrayType(ImmutableHashSet<string> elementType, ArrayShape shape) => elementType;

    public ImmutableHashSet<string> GetByReferenceType(ImmutableHashSet<string> elementType) => elementType;

    public ImmutableHashSet<string> GetPointerType(ImmutableHashSet<string> elementType) => elementType;

    public ImmutableHashSet<string> GetPinnedType(ImmutableHashSet<string> elementType) => elementType;

    // A modifier (init, modreq) is resolved like any other type.
    public ImmutableHashSet<string> GetModifiedType(
        ImmutableHashSet<string> modifier,
        ImmutableHashSet<string> unmodifiedType,
        bool isRequired
    ) => unmodifiedType.Union(modifier);

    public ImmutableHashSet<string> GetFunctionPointerType(MethodSignature<ImmutableHashSet<string>> signature) =>
        OfMethod(signature);

    public ImmutableHashSet<string> GetGenericInstantiation(
        ImmutableHashSet<string> genericType,
        ImmutableArray<ImmutableHashSet<string>> typeArguments
    ) => typeArguments.Aggregate(genericType, (all, one) => all.Union(one));

    public ImmutableHashSet<string> GetGenericMethodParameter(object? genericContext, int index) => s_none;

    public ImmutableHashSet<string> GetGenericTypeParameter(object? genericContext, int index) => s_none;

    private static ImmutableHashSet<string> OfMethod(MethodSignature<ImmutableHashSet<string>> signature) =>
        signature.ParameterTypes.Aggregate(signature.ReturnType, (all, one) => all.Union(one));

    private ImmutableHashSet<string> OfHandle(MetadataReader reader, EntityHandle handle) =>
        handle.Kind switch
        {
            HandleKind.TypeReference => GetTypeFromReference(reader, (TypeReferenceHandle)handle, 0),
            HandleKind.TypeSpecification => GetTypeFromSpecification(reader, null, (TypeSpecificationHandle)handle, 0),
            _ => s_none,
        };

    // Fields have the same bits for their visibility as methods.
    private static bool IsVisible(MethodAttributes attributes) =>
        (attributes & MethodAttributes.MemberAccessMask)
            is MethodAttributes.Public
                or MethodAttributes.Family
                or MethodAttributes.FamORAssem;
}
