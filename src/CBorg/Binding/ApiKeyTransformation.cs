using System.Management.Automation;
using System.Security;

namespace CBorg.Binding;

/// <summary>Takes a key as SecureString only. A plain string would stay in the history, in transcripts and in logs.</summary>
public sealed class ApiKeyTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        PlainValues.Unwrap(inputData) switch
        {
            SecureString key => key,
            PSCredential credential => credential.Password,
            _ => throw new ArgumentTransformationMetadataException(
                "The key is taken as a SecureString only: plain text stays in the history and in logs. Three ways: "
                    + "set $env:CBORG_API_KEY before the session starts (then Connect-CBorg is not needed); "
                    + "Connect-CBorg -ApiKey (Read-Host -AsSecureString 'API key'); "
                    + "Connect-CBorg -ApiKey (Get-Secret CBorg), with the SecretManagement module."
            ),
        };
}
