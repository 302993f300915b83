using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Security;
using System.Threading.Tasks;
using CBorg.Build;
using CBorg.Module.Tests.Engine.Stub;

namespace CBorg.Module.Tests.Engine;

/// <summary>A runspace with the module in it, as a user's session is one.</summary>
internal sealed class EngineSession : IDisposable
{
    private EngineSession(Runspace runspace) => Runspace = runspace;

    public Runspace Runspace { get; }

    // Modules that come with PowerShell but not with its SDK: Start-ThreadJob's.
    private static readonly string s_modules = Path.Combine(PowerShellEngine.ToolFolder, "Modules");

    /// <summary>A session without the module.</summary>
    public static EngineSession Bare()
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        Runspace runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
        EngineSession session = new(runspace);
        session
            .Run(
                "if ($env:PSModulePath -notlike \"*$($args[0])*\") { $env:PSModulePath += [IO.Path]::PathSeparator + $args[0] }",
                s_modules
            )
            .Done();
        return session;
    }

    /// <summary>A session with the module, not connected to anything.</summary>
    public static EngineSession Open()
    {
        EngineSession session = Bare();
        session.Run("Import-Module $args[0]", TestModule.Manifest).Done();
        return session;
    }

    /// <summary>A session that is connected to a stub; nothing is tried twice.</summary>
    public static EngineSession Open(StubServer stub, int retries = 0, string key = StubServer.Key)
    {
        EngineSession session = Open();
        session.Connect(stub.Address, retries, key);
        return session;
    }

    public void Connect(Uri address, int retries = 0, string key = StubServer.Key) =>
        Run("Connect-CBorg -BaseUri $args[0] -ApiKey $args[1] -MaximumRetryCount $args[2]", address, Secret(key), retries).Done();

    public static SecureString Secret(string text)
    {
        SecureString secret = new();
        foreach (char c in text)
        {
            secret.AppendChar(c);
        }

        secret.MakeReadOnly();
        return secret;
    }

    /// <summary>Runs a script until its end or its first terminating error; $args are the arguments.</summary>
    public EngineRun Run(string script, params object?[] arguments)
    {
        // By itself a terminating error ends its statement only, and the script goes on.
        using PowerShell shell = Shell($"try {{\n{script}\n}} catch {{ throw }}", arguments);
        List<PSObject?> output = [];
        ErrorRecord? ended = null;
        try
        {
            output.AddRange(shell.Invoke());
        }
        catch (RuntimeException e)
        {
            ended = e.ErrorRecord;
        }

        return new EngineRun(shell, output, ended);
    }

    /// <summary>Starts a script that a test will stop.</summary>
    public EngineWork Start(string script, params object?[] arguments) => new(Shell(script, arguments));

    public PowerShell Shell(string script, params object?[] arguments)
    {
        PowerShell shell = PowerShell.Create();
        shell.Runspace = Runspace;
        shell.AddScript(script);
        foreach (object? argument in arguments)
        {
            shell.AddArgument(argument);
        }

        return shell;
    }

    public void Dispose() => Runspace.Dispose();
}
