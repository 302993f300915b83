using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net.Http;

namespace CBorg.Core.Http;

/// <summary>A reply's headers by name, case-insensitively, with LiteLLM's ones by their meaning (protocol: LiteLLM's
/// <c>x-litellm-*</c>).</summary>
internal sealed class ReplyHeaders(IReadOnlyDictionary<string, string> values)
{
    // On the service's replies, the gateway's ones included.
    private const int UsualCount = 36;

    public IReadOnlyDictionary<string, string> All => values;

    public string? this[string name] => values.TryGetValue(name, out string? value) && value.Length > 0 ? value : null;

    public string? CallId => this["x-litellm-call-id"];

    /// <summary>The deployment that answered; on every success of every version.</summary>
    public string? ModelId => this["x-litellm-model-id"];

    public string? ModelName => this["x-litellm-model-name"];

    public string? Version => this["x-litellm-version"];

    public string? CfRay => this["cf-ray"];

    /// <summary>Whether LiteLLM got past its key and budget checks: errors of those carry none of its headers.</summary>
    public bool PastAuth => CallId is not null;

    /// <summary>The cost of a plain reply in USD, when the server told one above 0; a 0 is on every error and proves
    /// nothing.</summary>
    public decimal? Cost => Wire.Money.Parse(this["x-litellm-response-cost"]) is { } cost and > 0 ? cost : null;

    public static ReplyHeaders From(HttpResponseMessage response, string? key)
    {
        Dictionary<string, string> values = new(UsualCount, StringComparer.OrdinalIgnoreCase);
        Add(values, response.Headers, key);
        if (response.Content is not null)
        {
            Add(values, response.Content.Headers, key);
        }

        return new ReplyHeaders(values);
    }

    public long? Number(string name) =>
        double.TryParse(this[name], NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
        && Math.Abs(value) < long.MaxValue
            ? (long)value
            : null;

    // The typed header collections drop what they cannot parse (a float retry-after); the raw values do not.
    private static void Add(Dictionary<string, string> values, System.Net.Http.Headers.HttpHeaders headers, string? key)
    {
#if NET
        foreach (KeyValuePair<string, System.Net.Http.Headers.HeaderStringValues> header in headers.NonValidated)
        {
            values[SharedTexts.Of(header.Key)] = SharedTexts.Of(Redaction.Clean(header.Value.ToString(), key));
        }
#else
        foreach (KeyValuePair<string, IEnumerable<string>> header in headers)
        {
            values[SharedTexts.Of(header.Key)] = SharedTexts.Of(Redaction.Clean(string.Join(", ", header.Value), key));
        }
#endif
    }
}
