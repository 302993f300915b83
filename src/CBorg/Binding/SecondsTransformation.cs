using System;
using System.Globalization;
using System.Management.Automation;

namespace CBorg.Binding;

/// <summary>Takes a number as seconds: PowerShell by itself would take it as ticks, ten million to the second.</summary>
public sealed class SecondsTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? value = PlainValues.Unwrap(inputData);
        return value switch
        {
            int or long or double or decimal or float or short or byte => Seconds(
                Convert.ToDouble(value, CultureInfo.InvariantCulture)
            ),
            string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) =>
                Seconds(seconds),
            _ => inputData,
        };
    }

    private static TimeSpan Seconds(double seconds) =>
        seconds >= 0 && seconds <= TimeSpan.MaxValue.TotalSeconds
            ? TimeSpan.FromSeconds(seconds)
            : throw new ArgumentTransformationMetadataException($"{seconds} is not a time in seconds.");
}
