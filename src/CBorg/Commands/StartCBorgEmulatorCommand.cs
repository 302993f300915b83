using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Management.Automation;
using System.Net;
using System.Security;
using System.Threading;
using CBorg.Binding;
using CBorg.Module;

namespace CBorg.Commands;

/// <summary>Start-CBorgEmulator: an offline CBorg on this machine, for trying out and for tests.</summary>
[Cmdlet(VerbsLifecycle.Start, "CBorgEmulator", SupportsShouldProcess = true)]
[OutputType(typeof(EmulatorInfo))]
public sealed class StartCBorgEmulatorCommand : PSCmdlet, IDisposable
{
    private static readonly TimeSpan s_startTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Which version of LiteLLM to behave like: any from 1.77 on.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LiteLLMCompleter))]
    [ValidatePattern(@"^v?1\.\d{2,4}(\.\d{1,4})?(\.post\d+|-stable)?$")]
    public string LiteLLM { get; set; } = "1.102";

    /// <summary>The port; 0 takes a free one.</summary>
    [Parameter]
    [ValidateRange(0, 65535)]
    public int Port { get; set; }

    /// <summary>cborg, recordings, or a JSON file.</summary>
    [Parameter]
    public string Catalog { get; set; } = "cborg";

    /// <summary>Milliseconds before the first token.</summary>
    [Parameter]
    [ValidateRange(0, 600000)]
    public int Latency { get; set; }

    /// <summary>How fast it writes; 0 is at once.</summary>
    [Parameter]
    [ValidateRange(0, 100000)]
    public int TokensPerSecond { get; set; }

    /// <summary>Connects this runspace to it.</summary>
    [Parameter]
    public SwitchParameter Connect { get; set; }

    private readonly CancellationTokenSource _stop = new();

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();

    /// <inheritdoc/>
    protected override void StopProcessing() => _stop.Cancel();

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (ShouldProcess("the offline CBorg on this machine", "Start"))
        {
            EmulatorInfo emulator = Launch();
            if (Connect)
            {
                SecureString key = emulator.ApiKey;
                ConnectionState.Current.Connect(
                    new ConnectionOptions
                    {
                        BaseUri = emulator.BaseUri,
                        ApiKey = () => new NetworkCredential("", key).Password,
                        KeySource = "Start-CBorgEmulator",
                    }
                );
            }

            WriteObject(emulator);
        }
    }

    private EmulatorInfo Launch()
    {
        if (!File.Exists(EmulatorProcess.ProgramPath))
        {
            throw Failed(
                "This copy of the module has no emulator beside it.",
                "Build the module with ./build.sh, or start the emulator from the repository: dotnet run --project src/CBorg.Emulator",
                null
            );
        }

        string catalog = Catalog is "cborg" or "recordings" ? Catalog : GetUnresolvedProviderPathFromPSPath(Catalog);
        string arguments = string.Format(
            CultureInfo.InvariantCulture,
            "--port {0} --litellm {1} --catalog \"{2}\" --latency {3} --tokens-per-second {4} --parent-pid {5}",
            Port,
            LiteLLM,
            catalog,
            Latency,
            TokensPerSecond,
            Process.GetCurrentProcess().Id
        );
        try
        {
            return Greet(EmulatorProcess.Start(arguments));
        }
        catch (Win32Exception e)
        {
            throw Failed(
                "dotnet cannot be started.",
                "The emulator needs the ASP.NET Core runtime 8 or later: https://dot.net",
                e
            );
        }
    }

    /// <summary>The emulator's first line is a JSON object that says where it is and what its keys are.</summary>
    private EmulatorInfo Greet(Process process)
    {
        int id = process.Id;
        EmulatorOutput output = new(process);
        string? greeting;
        try
        {
            greeting = output.FirstLine(s_startTimeout, _stop.Token);
        }
        catch (OperationCanceledException)
        {
            EmulatorProcess.Stop(id);
            throw new PipelineStoppedException();
        }

        if (greeting?.StartsWith("{", StringComparison.Ordinal) == true)
        {
            return Read(greeting, id);
        }

        string complaint = output.Complaint();
        EmulatorProcess.Stop(id);
        throw Failed(
            $"The emulator did not start: {complaint}",
            "It needs the ASP.NET Core runtime of .NET 8 or later: https://dot.net",
            null
        );
    }

    private EmulatorInfo Read(string greeting, int processId)
    {
        PSObject told = InvokeCommand.InvokeScript("param($json) ConvertFrom-Json -InputObject $json", greeting)[0];
        Dictionary<string, SecureString> keys = new(StringComparer.OrdinalIgnoreCase);
        foreach (PSPropertyInfo key in PSObject.AsPSObject(told.Properties["keys"].Value).Properties)
        {
            keys[key.Name] = new NetworkCredential("", (string)key.Value).SecurePassword;
        }

        return new EmulatorInfo
        {
            BaseUri = new Uri((string)told.Properties["url"].Value),
            ControlUri = new Uri((string)told.Properties["control"].Value),
            ProcessId = processId,
            LiteLLM = LiteLLM,
            ApiKey = keys["personal"],
            Keys = keys,
        };
    }

    private CmdletInvocationException Failed(string message, string advice, Exception? inner)
    {
        ErrorRecord record = new(
            new InvalidOperationException(message, inner),
            "EmulatorNotStarted",
            ErrorCategory.ResourceUnavailable,
            EmulatorProcess.ProgramPath
        )
        {
            ErrorDetails = new ErrorDetails($"{message} {advice}"),
        };
        ThrowTerminatingError(record);
        return new CmdletInvocationException(message);
    }
}
