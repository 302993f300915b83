using System;
using System.Collections.Generic;

namespace CBorg.Pipeline.Rows;

/// <summary>
/// What was ended early: everything, or the rows of some models. Not thread-safe: <see cref="RowWindow"/> guards it.
/// </summary>
internal sealed class RowStops
{
    // Names of models are exact and case-sensitive.
    private readonly Dictionary<string, object> _models = new(StringComparer.Ordinal);
    private (long Number, object Value)? _last;

    /// <summary>Whether everything was ended.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>What comes after all else; null when nothing does.</summary>
    public object? Last => _last?.Value;

    public void Close() => IsClosed = true;

    /// <summary>Ends everything. Of several rows that do, the first in order has the last word.</summary>
    public void End(Row row, object last)
    {
        _last = _last is { } other && other.Number < row.Number ? other : (row.Number, last);
        Close();
    }

    /// <summary>Ends the rows of a model; the first reason holds.</summary>
    public void StopModel(string model, object reason)
    {
        if (!_models.ContainsKey(model))
        {
            _models.Add(model, reason);
        }
    }

    /// <summary>What a row's model was stopped for; null when it was not, and when everything was ended.</summary>
    public object? RefusalOf(Row row) =>
        !IsClosed && row.Model is { } model && _models.TryGetValue(model, out object? reason) ? reason : null;

    /// <summary>Whether a row may send nothing more.</summary>
    public bool Stops(Row row) => IsClosed || RefusalOf(row) is not null;
}
