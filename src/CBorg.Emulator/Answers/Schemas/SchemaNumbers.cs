namespace CBorg.Emulator.Answers.Schemas;

/// <summary>Numbers within the bounds of a schema.</summary>
internal static class SchemaNumbers
{
    public static JsonNode Make(JsonObject schema, decimal? wished, bool whole, int variation)
    {
        var step = Math.Abs(Member(schema, "multipleOf") ?? 0);
        step = whole ? Math.Max(1, decimal.Ceiling(step)) : step;
        var lowest = Bound(schema, "minimum", "exclusiveMinimum", step, +1);
        var highest = Bound(schema, "maximum", "exclusiveMaximum", step, -1);
        var number = (wished ?? Member(schema, "default") ?? 1) + (wished is null ? variation * (step == 0 ? 1 : step) : 0);
        number = Clamped(number, lowest, highest);
        if (step > 0)
        {
            number = Clamped(
                decimal.Floor(number / step) * step,
                lowest is { } low ? decimal.Ceiling(low / step) * step : null,
                highest
            );
        }

        return whole ? JsonValue.Create((long)number) : JsonValue.Create(Trimmed(number));
    }

    // A number just inside an excluded bound: a step away, or half-way to the other bound, or one away.
    private static decimal? Bound(JsonObject schema, string inclusive, string exclusive, decimal step, int inwards)
    {
        var bound = Member(schema, inclusive);
        var isExcluded = schema.Flag(exclusive) == true;
        if (Member(schema, exclusive) is { } excluded && !isExcluded)
        {
            bound = bound is { } known && (known - excluded) * inwards > 0 ? known : null;
            isExcluded = bound is null;
            bound ??= excluded;
        }

        return isExcluded && bound is { } edge ? edge + (inwards * Inset(schema, edge, step)) : bound;
    }

    private static decimal Inset(JsonObject schema, decimal edge, decimal step)
    {
        if (step > 0)
        {
            return step;
        }

        decimal room = 2;
        foreach (var name in (string[])["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"])
        {
            room = Member(schema, name) is { } other && other != edge ? Math.Min(room, Math.Abs(other - edge)) : room;
        }

        return room / 2;
    }

    private static decimal Clamped(decimal number, decimal? lowest, decimal? highest)
    {
        number = lowest is { } low && number < low ? low : number;
        return highest is { } high && number > high ? high : number;
    }

    private static decimal Trimmed(decimal number) => number / 1.0000000000000000000000000000m;

    private static decimal? Member(JsonObject schema, string name) =>
        schema.Number(name) is { } number && Math.Abs(number) < 1e27 ? (decimal)number : null;
}
