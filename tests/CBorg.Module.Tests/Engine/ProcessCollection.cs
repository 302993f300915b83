using Xunit;

namespace CBorg.Module.Tests.Engine;

/// <summary>Tests that change or watch what belongs to the whole process; nothing else runs beside them.</summary>
[CollectionDefinition("process", DisableParallelization = true)]
public sealed class ProcessCollection;
