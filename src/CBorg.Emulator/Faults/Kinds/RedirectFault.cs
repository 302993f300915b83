using System.Threading.Tasks;

namespace CBorg.Emulator.Faults.Kinds;

internal sealed class RedirectFault(int status, string? to) : Fault
{
    public override Task<bool> BeforeAsync(FaultCall call)
    {
        call.Http.Response.StatusCode = status;
        call.Http.Response.Headers.Location = to ?? $"https://elsewhere.test{call.Http.Request.Path}";
        call.Http.Response.ContentLength = 0;
        return Task.FromResult(true);
    }
}
