using System;
using System.Management.Automation;
using System.Net;
using System.Security;
using CBorg.Binding;
using CBorg.Errors;
using CBorg.Module;

namespace CBorg.Commands;

/// <summary>Connect-CBorg: chooses the proxy, the key and the defaults of this runspace.</summary>
[Cmdlet(VerbsCommunications.Connect, "CBorg", DefaultParameterSetName = "BaseUri")]
[OutputType(typeof(ConnectionInfo))]
public sealed class ConnectCBorgCommand : PSCmdlet
{
    /// <summary>The key. Without it $env:CBORG_API_KEY is used.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ApiKeyTransformation]
    public SecureString? ApiKey { get; set; }

    /// <summary>The proxy's address, with or without /v1.</summary>
    [Parameter(ParameterSetName = "BaseUri", ValueFromPipelineByPropertyName = true)]
    public Uri? BaseUri { get; set; }

    /// <summary>One of CBorg's own addresses.</summary>
    [Parameter(ParameterSetName = "Endpoint", Mandatory = true)]
    public ServiceEndpoint Endpoint { get; set; }

    /// <summary>The model of chats that name none.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string? DefaultModel { get; set; }

    /// <summary>The longest a whole call may take, waits included.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int TimeoutSec { get; set; } = 600;

    /// <summary>How often a failed request is sent again.</summary>
    [Parameter]
    [ValidateRange(0, 100)]
    public int MaximumRetryCount { get; set; } = 4;

    /// <summary>The longest wait that a server may ask for between two attempts; a number is seconds.</summary>
    [Parameter]
    [SecondsTransformation]
    public TimeSpan MaximumRetryDelay { get; set; } = TimeSpan.FromSeconds(120);

    /// <summary>How long to wait for a service that is down; a number is seconds.</summary>
    [Parameter]
    [SecondsTransformation]
    public TimeSpan? WaitForService { get; set; }

    /// <summary>The longest that making a connection may take.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int ConnectTimeoutSec { get; set; } = 15;

    /// <summary>The longest that a server may take to the first byte of a reply.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int FirstByteTimeoutSec { get; set; } = 300;

    /// <summary>The longest silence within a reply.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int SilenceTimeoutSec { get; set; } = 300;

    /// <summary>Requests a minute to keep to.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? RequestsPerMinute { get; set; }

    /// <summary>Tokens a minute to keep to.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? TokensPerMinute { get; set; }

    /// <summary>Calls in flight to keep to.</summary>
    [Parameter]
    [ValidateRange(1, 1024)]
    public int? ThrottleLimit { get; set; }

    /// <summary>Shares the books of the limits with this user's other processes; on unless told otherwise.</summary>
    [Parameter]
    public SwitchParameter ShareRateLimit { get; set; } = true;

    /// <summary>A proxy on the way.</summary>
    [Parameter]
    public Uri? Proxy { get; set; }

    /// <summary>Who we are to that proxy.</summary>
    [Parameter]
    [Credential]
    public PSCredential? ProxyCredential { get; set; }

    /// <summary>Writes the connection.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            ConnectionOptions options = Options();
            ConnectionState.Current.Connect(options);
            if (string.IsNullOrEmpty(options.ApiKey()))
            {
                WriteWarning($"There is no API key yet: give -ApiKey, or set {EnvironmentOptions.KeySource}.");
            }

            if (PassThru)
            {
                WriteObject(ConnectionState.Current.Client.Connection);
            }
        }
        catch (CBorgException e)
        {
            ThrowTerminatingError(ErrorRecords.From(e, BaseUri));
        }
    }

    private ConnectionOptions Options()
    {
        if (Proxy is not null && (!Proxy.IsAbsoluteUri || Proxy.Host.Length == 0 || Proxy.UserInfo.Length > 0))
        {
            throw new CBorgRequestException(
                ErrorKind.BadRequest,
                Proxy.IsAbsoluteUri && Proxy.UserInfo.Length > 0
                    ? "The proxy's address holds a user name or password."
                    : $"'{Proxy}' is not the address of a proxy.",
                "Give it as http://host:port; who you are to it goes with -ProxyCredential."
            );
        }

        (Uri baseUri, ServiceEndpoint? endpoint, string? source) = Address();
        SecureString? key = ApiKey?.Copy();
        key?.MakeReadOnly();
        return new ConnectionOptions
        {
            BaseUri = baseUri,
            Endpoint = endpoint,
            EndpointSource = source,
            ApiKey = key is null ? EnvironmentOptions.Key : () => new NetworkCredential("", key).Password,
            KeySource = key is null ? EnvironmentOptions.KeySource : "Connect-CBorg -ApiKey",
            DefaultModel = DefaultModel,
            Timeout = TimeSpan.FromSeconds(TimeoutSec),
            MaximumRetryCount = MaximumRetryCount,
            MaximumRetryDelay = MaximumRetryDelay,
            WaitForService = WaitForService,
            ConnectTimeout = TimeSpan.FromSeconds(ConnectTimeoutSec),
            FirstByteTimeout = TimeSpan.FromSeconds(FirstByteTimeoutSec),
            SilenceTimeout = TimeSpan.FromSeconds(SilenceTimeoutSec),
            RequestsPerMinute = RequestsPerMinute,
            TokensPerMinute = TokensPerMinute,
            ThrottleLimit = ThrottleLimit,
            ShareRateLimit = ShareRateLimit,
            Proxy = Proxy,
            ProxyCredential = ProxyCredential?.GetNetworkCredential(),
        };
    }

    private (Uri BaseUri, ServiceEndpoint? Endpoint, string? Source) Address() =>
        BaseUri is not null ? (BaseUri, null, "Connect-CBorg -BaseUri")
        : ParameterSetName == "Endpoint" ? (new Uri(ConnectionOptions.DefaultBaseUri), Endpoint, "Connect-CBorg -Endpoint")
        : EnvironmentOptions.Address();
}
