using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace CBorg.Emulator.Info;

internal static class Texts
{
    public static JsonArray Array(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);
}
