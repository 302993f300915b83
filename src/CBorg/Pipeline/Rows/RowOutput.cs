using System.Threading.Tasks;

namespace CBorg.Pipeline.Rows;

/// <summary>Something to be written, and who waits for that.</summary>
internal sealed class RowOutput(object value, TaskCompletionSource<bool>? written)
{
    public object Value => value;

    /// <summary>To be called once it has been written.</summary>
    public void Done() => written?.TrySetResult(true);
}
