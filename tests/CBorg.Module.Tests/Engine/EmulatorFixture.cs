using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Security;

namespace CBorg.Module.Tests.Engine;

/// <summary>An offline CBorg, started as a user starts it, for all tests of a class.</summary>
public sealed class EmulatorFixture : IDisposable
{
    private readonly Lazy<(EngineSession Session, PSObject Info)> _started = new(() =>
    {
        EngineSession session = EngineSession.Open();
        return (session, session.Run("Start-CBorgEmulator").Done().One);
    });

    /// <summary>A session with one of the emulator's keys.</summary>
    internal EngineSession Open(string key = "personal")
    {
        EngineSession session = EngineSession.Open();
        session
            .Run(
                "Connect-CBorg -BaseUri $args[0].BaseUri -ApiKey $args[0].Keys[$args[1]] -MaximumRetryCount 0",
                _started.Value.Info,
                key
            )
            .Done();
        return session;
    }

    public void Dispose()
    {
        if (_started.IsValueCreated)
        {
            _started.Value.Session.Run("$args[0] | Stop-CBorgEmulator", _started.Value.Info);
            _started.Value.Session.Dispose();
        }
    }
}
