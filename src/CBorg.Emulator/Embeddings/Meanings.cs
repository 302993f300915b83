using System.Runtime.InteropServices;

namespace CBorg.Emulator.Embeddings;

/// <summary>
/// An embeddings reply in OpenAI's form. A bare string is a query, a list holds documents; token lists are read as texts of
/// their numbers,
/// images as the words for what is seen in them.
/// </summary>
internal static class EmbeddingReply
{
    /// <param name="tokensOfText">How many tokens each text has; null counts them.</param>
    public static JsonObject Make(
        JsonObject request,
        string model,
        int dimension,
        bool knowsBase64 = true,
        int? tokensOfText = null
    )
    {
        var input = request["input"];
        var texts = Texts(input);
        var query = input is JsonValue;
        var base64 = knowsBase64 && request.Text("encoding_format") == "base64";
        var data = texts.Select((text, index) => Entry(Embedder.Embed(text, query, dimension), index, base64));
        var tokens = texts.Sum(text => tokensOfText ?? Math.Max(1, TokenCounter.Count(text)));
        return new JsonObject
        {
            ["object"] = "list",
            ["data"] = new JsonArray([.. data]),
            ["model"] = model,
            ["usage"] = new JsonObject { ["prompt_tokens"] = tokens, ["total_tokens"] = tokens },
        };
    }

    private static List<string> Texts(JsonNode? input) =>
        input switch
        {
            JsonArray list when list.Count > 0 && list.All(IsNumber) => [Joined(list)],
            JsonArray list => list.Select(item => item is JsonArray tokens ? Joined(tokens) : Seen(item?.ToString() ?? ""))
                .ToList(),
            null => [],
            _ => [Seen(input.ToString())],
        };

    private static bool IsNumber(JsonNode? node) => node?.GetValueKind() == System.Text.Json.JsonValueKind.Number;

    private static string Joined(JsonArray tokens) => string.Join(' ', tokens.Select(token => token?.ToString()));

    private static string Seen(string text)
    {
        if (DataUrl.Parse(text) is not { } image || !image.MediaType.StartsWith("image/", StringComparison.Ordinal))
        {
            return text;
        }

        var facts = ImageFacts.Read(image.Bytes);
        return $"image {facts.Format} {facts.Width} {facts.Height}";
    }

    private static JsonNode Entry(float[] vector, int index, bool base64) =>
        new JsonObject
        {
            ["object"] = "embedding",
            ["index"] = index,
            ["embedding"] = base64
                ? Convert.ToBase64String(MemoryMarshal.AsBytes(vector.AsSpan()))
                : new JsonArray([.. vector.Select(number => (JsonNode)JsonValue.Create(number))]),
        };
}

/// <summary>Which words mean things of one kind, so that Apple comes nearer to Orange than to Bread.</summary>
internal static class Meanings
{
    // Kind, the wider kind it belongs to, and its words.
    private static readonly (string Kind, string Wider, string Words)[] s_kinds =
    [
        (
            "fruit",
            "food",
            "fruit apple orange banana pear grape cherry lemon lime mango peach plum melon kiwi strawberry raspberry blueberry pineapple apricot fig berry"
        ),
        (
            "baking",
            "food",
            "bread cake bun roll bagel croissant baguette toast muffin pie cookie biscuit pastry dough flour bakery loaf pretzel oven baked baking"
        ),
        (
            "vegetable",
            "food",
            "vegetable carrot potato tomato onion garlic cabbage spinach lettuce cucumber pepper pea bean broccoli celery pumpkin"
        ),
        ("drink", "food", "drink coffee tea water milk juice beer wine soda lemonade cocoa espresso"),
        ("meat", "food", "meat beef pork chicken ham bacon sausage steak lamb turkey"),
        ("dairy", "food", "dairy cheese butter yogurt cream"),
        ("pet", "animal", "pet dog cat puppy kitten hamster rabbit parrot goldfish"),
        (
            "wildlife",
            "animal",
            "animal lion tiger bear wolf fox deer elephant giraffe zebra monkey whale dolphin shark eagle owl snake frog fish bird mouse"
        ),
        ("farm", "animal", "farm cow horse pig sheep goat hen duck goose donkey"),
        ("insect", "animal", "insect bee ant fly beetle butterfly mosquito spider wasp"),
        (
            "colour",
            "appearance",
            "colour color red green blue yellow purple pink brown black white grey gray cyan magenta violet turquoise"
        ),
        ("shape", "appearance", "shape circle square triangle rectangle sphere cube line point polygon"),
        (
            "country",
            "place",
            "country france germany italy spain japan china india canada brazil mexico sweden norway finland poland egypt kenya usa england"
        ),
        (
            "city",
            "place",
            "city paris berlin rome madrid tokyo beijing delhi toronto london berkeley oslo cairo nairobi chicago boston oakland"
        ),
        ("landscape", "place", "landscape mountain river lake ocean sea valley desert forest island beach hill coast"),
        (
            "physics",
            "science",
            "physics quantum particle proton electron neutron photon energy force gravity relativity accelerator beam laser plasma boson quark magnet"
        ),
        (
            "chemistry",
            "science",
            "chemistry molecule atom reaction acid catalyst polymer solvent compound ion oxygen hydrogen carbon nitrogen battery lithium"
        ),
        (
            "biology",
            "science",
            "biology cell gene genome dna rna protein enzyme bacteria virus organism evolution species microbe crispr"
        ),
        (
            "mathematics",
            "science",
            "mathematics math algebra geometry calculus theorem proof equation matrix integral number prime statistic probability"
        ),
        (
            "astronomy",
            "science",
            "astronomy star planet galaxy telescope moon sun comet universe cosmology orbit supernova nebula"
        ),
        (
            "earth",
            "science",
            "geology rock mineral earthquake volcano soil sediment climate atmosphere hydrology groundwater weather rain snow storm temperature"
        ),
        (
            "computing",
            "technology",
            "computer software program code algorithm database server network python java powershell compiler function bug debug api script"
        ),
        ("hardware", "technology", "hardware cpu gpu memory disk keyboard screen chip transistor cable sensor robot"),
        (
            "vehicle",
            "technology",
            "vehicle car truck bus train bicycle bike plane airplane ship boat motorcycle tram engine wheel"
        ),
        (
            "medicine",
            "people",
            "medicine doctor nurse hospital disease drug patient therapy vaccine surgery health cancer symptom"
        ),
        ("family", "people", "family mother father sister brother son daughter parent child grandmother uncle aunt cousin baby"),
        ("work", "people", "work job office manager employee salary meeting project deadline contract budget invoice"),
        ("feeling", "people", "feeling happy sad angry love hate joy fear hope anger calm proud lonely"),
        ("king", "people", "king queen prince princess royal crown throne palace"),
        (
            "sport",
            "leisure",
            "sport football soccer tennis basketball baseball swimming running hockey golf team goal match player"
        ),
        ("music", "leisure", "music song guitar piano violin drum melody band orchestra singer concert jazz"),
        ("art", "leisure", "art painting painter sculpture museum poem novel book author film movie theatre"),
        ("clothing", "things", "clothing shirt trouser dress coat jacket hat shoe sock glove scarf skirt"),
        ("furniture", "things", "furniture chair table sofa bed desk shelf lamp cupboard house room door window kitchen"),
        ("tool", "things", "hammer saw screwdriver drill wrench nail screw plier ladder"),
        ("time", "things", "time day week month year hour minute second morning evening monday sunday january december calendar"),
        ("money", "things", "money dollar euro price cost bank loan tax stock market payment cash"),
    ];

    private static readonly Dictionary<string, (string Kind, string Wider)> s_byWord = s_kinds
        .SelectMany(
            kind => kind.Words.Split(' ').Append(kind.Kind).SelectMany(Words.Split).Distinct(),
            (kind, word) => (Word: word, kind.Kind, kind.Wider)
        )
        .GroupBy(meaning => meaning.Word, StringComparer.Ordinal)
        .ToDictionary(same => same.Key, same => (same.First().Kind, same.First().Wider), StringComparer.Ordinal);

    public static (string Kind, string Wider)? Of(string word) => s_byWord.TryGetValue(word, out var meaning) ? meaning : null;
}
