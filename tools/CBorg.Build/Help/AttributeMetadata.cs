using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Reflection.Metadata;

namespace CBorg.Build.Help;

/// <summary>An attribute with its arguments.</summary>
internal sealed record AttributeMetadata(
    string TypeName,
    IReadOnlyList<object?> Arguments,
    IReadOnlyDictionary<string, object?> Named
)
{
    public static IReadOnlyList<AttributeMetadata> Of(MetadataReader reader, CustomAttributeHandleCollection handles) =>
        [.. handles.Select(handle => Read(reader, reader.GetCustomAttribute(handle)))];

    public bool Flag(string name) => Named.TryGetValue(name, out object? value) && value is true;

    public int? Number(string name) => Named.TryGetValue(name, out object? value) ? value as int? : null;

    public string? Text(string name) => Named.TryGetValue(name, out object? value) ? value as string : null;

    /// <summary>All texts among the arguments, those of arrays too.</summary>
    public IEnumerable<string> Texts() =>
        Arguments.SelectMany(argument => argument is object?[] list ? list : [argument]).OfType<string>();

    private static AttributeMetadata Read(MetadataReader reader, CustomAttribute attribute)
    {
        CustomAttributeValue<string> value = attribute.DecodeValue(TypeNames.Instance);
        return new AttributeMetadata(
            TypeOf(reader, attribute.Constructor),
            [.. value.FixedArguments.Select(argument => Plain(argument.Value))],
            value.NamedArguments.ToDictionary(argument => argument.Name!, argument => Plain(argument.Value))
        );
    }

    private static object? Plain(object? value) =>
        value is ImmutableArray<CustomAttributeTypedArgument<string>> list
            ? list.Select(item => Plain(item.Value)).ToArray()
            : value;

    private static string TypeOf(MetadataReader reader, EntityHandle constructor) =>
        constructor.Kind == HandleKind.MemberReference
            ? TypeNames.Of(reader, reader.GetMemberReference((MemberReferenceHandle)constructor).Parent)
            : TypeNames.Of(reader, reader.GetMethodDefinition((MethodDefinitionHandle)constructor).GetDeclaringType());
}
