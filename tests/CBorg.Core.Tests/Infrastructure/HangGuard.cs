using System;
using System.Threading.Tasks;

namespace CBorg.Core.Tests.Infrastructure;

/// <summary>Turns a hang into a failure. It measures nothing: whatever passes takes milliseconds.</summary>
internal static class HangGuard
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(10);

    public static Task Soon(this Task task) => task.WaitAsync(s_timeout);

    public static Task<T> Soon<T>(this Task<T> task) => task.WaitAsync(s_timeout);
}
