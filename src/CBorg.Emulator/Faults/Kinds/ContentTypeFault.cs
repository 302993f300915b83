using System.Threading.Tasks;

namespace CBorg.Emulator.Faults.Kinds;

/// <summary>Another content type on the same reply.</summary>
internal sealed class ContentTypeFault(string contentType) : Fault
{
    public override Task<bool> BeforeAsync(FaultCall call)
    {
        call.Http.Response.OnStarting(() =>
        {
            call.Http.Response.ContentType = contentType;
            return Task.CompletedTask;
        });
        return Task.FromResult(false);
    }
}
