using System;
using System.IO;

namespace CBorg.Core.Http;

/// <summary>No byte came for too long in the middle of a reply.</summary>
internal sealed class IdleTimeoutException(TimeSpan timeout) : IOException
{
    public TimeSpan Timeout => timeout;
}
