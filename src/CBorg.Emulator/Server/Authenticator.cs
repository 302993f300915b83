namespace CBorg.Emulator.Server;

/// <summary>Who calls: finds the key's row or says why not.</summary>
internal static class Authenticator
{
    public static KeyRecord Authenticate(Call call)
    {
        var presented = PresentedKey.Of(call.Request);
        if (presented is null)
        {
            throw Refusal("Authentication Error, No api key passed in.");
        }

        if (presented.Length == 0)
        {
            throw Refusal("Authentication Error, Malformed API Key passed in. Ensure Key has `Bearer ` prefix.");
        }

        if (!presented.StartsWith("sk-", StringComparison.Ordinal))
        {
            throw Refusal(ForeignKeyText(call.Personality, presented));
        }

        var key = call.World.FindKey(presented) ?? throw Unknown(presented);
        RefuseBlocked(call.Personality, key);
        RefuseExpired(call, key, presented);
        return key;
    }

    private static string ForeignKeyText(Personality personality, string key) =>
        personality.Auth.MasksForeignKeys
            ? $"LiteLLM Virtual Key expected. Received={(key.Length > 8 ? $"{key[..4]}****{key[^4..]}" : "****")}, expected to start with 'sk-'."
            : $"Authentication Error, LiteLLM Virtual Key expected. Received={key}, expected to start with 'sk-'.";

    private static ProxyError Unknown(string key) =>
        new(
            401,
            "token_not_found_in_db",
            $"Authentication Error, Invalid proxy server token passed. Received API Key = {Short(key)}, Key Hash (Token) ={KeyHash.Of(key)}. "
                + "Unable to find token in cache or `LiteLLM_VerificationTokenTable`",
            "key"
        );

    private static void RefuseBlocked(Personality personality, KeyRecord key)
    {
        if (key.Blocked == true)
        {
            throw Refusal(personality.Auth.BlockedText);
        }
    }

    private static void RefuseExpired(Call call, KeyRecord key, string presented)
    {
        var now = call.World.Now;
        if (key.Expires is not { } expires || expires > now)
        {
            return;
        }

        throw new ProxyError(
            call.Personality.Auth.ExpiredStatus,
            "expired_key",
            $"Authentication Error - Expired Key. Key Expiry time {PythonTime.Of(expires)} and current time {PythonTime.Of(now)}",
            call.Personality.Auth.ShowsExpiredKeyWhole ? presented : Short(presented)
        );
    }

    private static ProxyError Refusal(string message) => new(401, "auth_error", message);

    private static string Short(string key) => "sk-..." + key[Math.Max(0, key.Length - 4)..];
}
