using System;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using CBorg.Core;

namespace CBorg.Module;

/// <summary>
/// The connection of a runspace: what Connect-CBorg was given, else what the environment says. Another runspace has its
/// own; handlers, limits and catalogue are shared by the process.
/// </summary>
internal sealed class ConnectionState
{
    private static readonly ConditionalWeakTable<Runspace, ConnectionState> s_states = new();

    private ConnectionOptions? _chosen;
    private ICBorgClient? _client;
    private string _clientOf = "";

    public static ConnectionState Current => s_states.GetValue(Runspace.DefaultRunspace, _ => new ConnectionState());

    /// <summary>A client for the connection in force. It is made anew when the environment has changed.</summary>
    /// <exception cref="CBorgRequestException">The address is not acceptable.</exception>
    public ICBorgClient Client
    {
        get
        {
            ConnectionOptions options = _chosen ?? EnvironmentOptions.Read();

            // The key's value decides whose limits and catalogue are shared, so a client belongs to one key.
            string identity = Identity(options);
            if (_client is null || _clientOf != identity)
            {
                (_client, _clientOf) = (CBorgClientFactory.Create(options), identity);
            }

            return _client;
        }
    }

    /// <exception cref="CBorgException">The address or the key cannot be used; the connection stays what it was.</exception>
    public void Connect(ConnectionOptions options)
    {
        CBorgClientFactory.CheckKey(options);
        ICBorgClient client = CBorgClientFactory.Create(options);
        (_chosen, _client, _clientOf) = (options, client, Identity(options));
    }

    /// <returns>Whether there was a connection of Connect-CBorg's.</returns>
    public bool Disconnect()
    {
        bool was = _chosen is not null;
        (_chosen, _client, _clientOf) = (null, null, "");
        return was;
    }

    private static string Identity(ConnectionOptions options) =>
        $"{options.BaseUri}\n{options.Endpoint}\n{options.EndpointSource}\n{options.ApiKey()?.GetHashCode()}";
}
