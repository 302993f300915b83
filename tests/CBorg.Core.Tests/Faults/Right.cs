namespace CBorg.Core.Tests.Faults;

/// <summary>What is right: how the call goes, and the kind of failure where it ends with one.</summary>
internal sealed record Right(Course Course, ErrorKind? Kind = null)
{
    public static Right Answer { get; } = new(Course.Answer);

    public static Right Partial { get; } = new(Course.Partial, ErrorKind.StreamInterrupted);

    public static Right Again(ErrorKind kind) => new(Course.Again, kind);

    public static Right Queue(ErrorKind kind) => new(Course.Queue, kind);

    public static Right Fails(ErrorKind kind) => new(Course.Fails, kind);
}
