using System;
using System.IO;

namespace CBorg.Core.Http;

/// <summary>A line said nothing for too long in the middle of a reply.</summary>
internal sealed class SilenceException(TimeSpan patience) : IOException
{
    public TimeSpan Patience => patience;
}
