using Xunit;

namespace CBorg.Core.Tests.Infrastructure;

/// <summary>Tests that keep the whole machine busy run when the others are through, so that none of them waits in vain
/// meanwhile.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone";
}
