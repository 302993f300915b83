using System.Text.Json;

namespace CBorg.Emulator.Chat;

/// <summary>What LiteLLM repeats of a provider's error.</summary>
internal sealed class ProviderText
{
    private readonly Personality _personality;
    private readonly string _text;
    private readonly int _status;

    public ProviderText(Personality personality, Deployment deployment, ProviderFailure failure)
    {
        _personality = personality;
        _text = failure.Text;
        _status = failure.Status;
        Json = Parse(failure.Text);
        Detail = DetailOf(deployment, failure);
    }

    /// <summary>The body, when it is a JSON object.</summary>
    public JsonObject? Json { get; }

    /// <summary>The provider's message; for hosted_vllm later its whole body; of foreign text earlier only the status.</summary>
    public string Detail { get; }

    public string PythonDetail => _personality.Errors.KeepsForeignBodies && Json is not null ? PythonRepr.Of(Json) : Detail;

    /// <summary>The error as OpenAI's client library puts it, which all routes but chat repeat.</summary>
    public string AsException => $"Error code: {_status} - {PythonDetail}";

    /// <summary>What Python's parser says of the text.</summary>
    public string NotJson
    {
        get
        {
            var at = _text.StartsWith('{') ? _text.Length : 0;
            return $"Expecting value: line 1 column {at + 1} (char {at})";
        }
    }

    private string DetailOf(Deployment deployment, ProviderFailure failure)
    {
        if (deployment.OnPrem && _personality.Errors.HostedErrorsKeepBody)
        {
            return _text.Trim();
        }

        if (Json is null)
        {
            return _personality.Errors.KeepsForeignBodies ? _text.Trim() : $"Error code: {failure.Status}";
        }

        return (Json["error"] as JsonObject)?["message"]?.ToString() ?? _text;
    }

    private static JsonObject? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
