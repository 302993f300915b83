using System;
using System.Collections;
using System.Management.Automation;
using CBorg.Binding;
using CBorg.Pipeline;

namespace CBorg.Commands;

/// <summary>Invoke-CBorgRestMethod: any other route of the proxy, with the same key, retry and errors.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "CBorgRestMethod")]
[OutputType(typeof(PSObject), typeof(RestResponse))]
public sealed class InvokeCBorgRestMethodCommand : ServiceCmdlet
{
    /// <summary>The route with its query, below the proxy's address.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public string Path { get; set; } = "";

    /// <summary>The HTTP method; POST when there is a body.</summary>
    [Parameter]
    [ValidateSet("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD")]
    public string? Method { get; set; }

    /// <summary>The body: a hashtable, an object, or JSON text.</summary>
    [Parameter(ValueFromPipeline = true)]
    public object? Body { get; set; }

    /// <summary>Writes status, headers and the body as text instead of the body as objects.</summary>
    [Parameter]
    public SwitchParameter Raw { get; set; }

    /// <summary>The longest the call may take, waits included.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int? TimeoutSec { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        Run(
            Path,
            Asking(
                Request,
                async (row, request) =>
                    row.Write(await Client.SendAsync(request, row.OnEvent, row.CancellationToken).ConfigureAwait(false))
            )
        );

    // Properties that are scripts want the pipeline's thread.
    private RestRequest Request() =>
        new()
        {
            Path = Path,
            Method = Method ?? (Body is null ? "GET" : "POST"),
            Body = PlainValues.From(Body),
            Timeout = Seconds(TimeoutSec),
        };

    private protected override void Write(object result)
    {
        RestResponse response = (RestResponse)result;
        if (Raw || response.Body.Length == 0)
        {
            WriteObject(response);
        }
        else if (response.ContentType?.IndexOf("json", StringComparison.OrdinalIgnoreCase) >= 0)
        {
            // PowerShell's own reading of JSON gives the objects that its users expect.
            const string Read = "param($json) ConvertFrom-Json -InputObject $json";
            foreach (PSObject? item in InvokeCommand.InvokeScript(Read, response.Body))
            {
                WriteObject(item, enumerateCollection: item?.BaseObject is IList);
            }
        }
        else
        {
            WriteObject(response.Body);
        }
    }
}
