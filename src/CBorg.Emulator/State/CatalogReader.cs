using System.IO;
using System.Text.Json;

namespace CBorg.Emulator.State;

/// <summary>Reads a catalogue; keys that the file leaves open are made up afresh.</summary>
internal sealed class CatalogReader(string generation, TimeProvider clock)
{
    private static readonly JsonDocumentOptions s_lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public Catalog Read(string source)
    {
        var root = JsonNode.Parse(TextOf(source), null, s_lenient)?.AsObject()
            ?? throw new InvalidDataException($"The catalogue '{source}' is empty.");
        return new Catalog(
            List(root, "models").Select(ReadDeployment).ToList(),
            List(root, "keys").Select(ReadKey).ToList(),
            List(root, "users").Select(ReadUser).ToList(),
            List(root, "teams").Select(ReadTeam).ToList(),
            (string?)root["provider"] == "scripted",
            Number(root, "request_timeout") ?? 600);
    }

    private static string TextOf(string source)
    {
        if (source is not ("cborg" or "recordings"))
        {
            return File.ReadAllText(source);
        }

        using var stream = typeof(CatalogReader).Assembly.GetManifestResourceStream($"catalog/{source}.json")
            ?? throw new FileNotFoundException($"The catalogue '{source}' is not built in.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private Deployment ReadDeployment(JsonObject o)
    {
        var name = Required(o, "name");
        var parameters = Copy(o["params"]);
        var info = Copy(o["info"]);
        foreach (var (member, value) in Copy(o["info_by_generation"]?[generation]))
        {
            info[member] = value?.DeepClone();
        }

        var id = (string?)info["id"] ?? KeyHash.Of(name + parameters.ToJsonString());
        info.Remove("id");
        return new Deployment
        {
            Name = name,
            Params = parameters,
            Info = info,
            Id = id,
            Script = o["script"]?.DeepClone().AsObject(),
            Charged = !Texts(o, "uncharged_in").Contains(generation),
        };
    }

    private KeyRecord ReadKey(JsonObject o)
    {
        var key = (string?)o["key"] ?? "sk-" + KeyHash.Of(Guid.NewGuid().ToString())[..22];
        return new KeyRecord
        {
            Role = Required(o, "role"),
            Key = key,
            IsPrefix = key.EndsWith('*'),
            Hash = KeyHash.Of(key),
            Alias = (string?)o["key_alias"],
            UserId = (string?)o["user_id"],
            TeamId = (string?)o["team_id"],
            Blocked = (bool?)o["blocked"],
            Expires = Time(o, "expires"),
            Models = Texts(o, "models"),
            AllowedRoutes = Texts(o, "allowed_routes"),
            MaxBudget = Number(o, "max_budget"),
            BudgetDuration = (string?)o["budget_duration"],
            BudgetResetAt = Time(o, "budget_reset_at"),
            BudgetId = (string?)o["budget_id"],
            RpmLimit = (int?)o["rpm_limit"],
            TpmLimit = (int?)o["tpm_limit"],
            MaxParallelRequests = (int?)o["max_parallel_requests"],
            TeamMemberRpmLimit = (int?)o["team_member_rpm_limit"],
            TeamMemberTpmLimit = (int?)o["team_member_tpm_limit"],
            Metadata = Copy(o["metadata"]),
            CreatedAt = Time(o, "created_at") ?? clock.GetUtcNow(),
            Spend = new Spend(Number(o, "spend") ?? 0),
        };
    }

    private UserRecord ReadUser(JsonObject o) => new()
    {
        Id = Required(o, "user_id"),
        Email = (string?)o["user_email"],
        Role = (string?)o["user_role"],
        MaxBudget = Number(o, "max_budget"),
        BudgetDuration = (string?)o["budget_duration"],
        BudgetResetAt = Time(o, "budget_reset_at"),
        RpmLimit = (int?)o["rpm_limit"],
        TpmLimit = (int?)o["tpm_limit"],
        MaxParallelRequests = (int?)o["max_parallel_requests"],
        Models = Texts(o, "models"),
        Teams = Texts(o, "teams"),
        Metadata = Copy(o["metadata"]),
        CreatedAt = Time(o, "created_at") ?? clock.GetUtcNow(),
        Spend = new Spend(Number(o, "spend") ?? 0),
    };

    private TeamRecord ReadTeam(JsonObject o) => new()
    {
        Id = Required(o, "team_id"),
        Alias = (string?)o["team_alias"],
        MaxBudget = Number(o, "max_budget"),
        BudgetDuration = (string?)o["budget_duration"],
        BudgetResetAt = Time(o, "budget_reset_at"),
        RpmLimit = (int?)o["rpm_limit"],
        TpmLimit = (int?)o["tpm_limit"],
        Models = Texts(o, "models"),
        Metadata = Copy(o["metadata"]),
        CreatedAt = Time(o, "created_at") ?? clock.GetUtcNow(),
        Spend = new Spend(Number(o, "spend") ?? 0),
    };

    /// <summary>A time as ISO 8601, or as days from now: "+30d", "-1d".</summary>
    private DateTimeOffset? Time(JsonObject o, string name)
    {
        var text = (string?)o[name];
        return text switch
        {
            null => null,
            _ when text.EndsWith('d') => clock.GetUtcNow().AddDays(double.Parse(text[..^1], System.Globalization.CultureInfo.InvariantCulture)),
            _ => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture),
        };
    }

    private static string Required(JsonObject o, string name) =>
        (string?)o[name] ?? throw new InvalidDataException($"An entry of the catalogue has no '{name}'.");

    private static double? Number(JsonObject o, string name) => o[name]?.GetValue<double>();

    private static List<string> Texts(JsonObject o, string name) => o[name]?.AsArray().Select(v => (string)v!).ToList() ?? [];

    private static IEnumerable<JsonObject> List(JsonObject root, string name) => root[name]?.AsArray().Select(n => n!.AsObject()) ?? [];

    private static JsonObject Copy(JsonNode? node) => node?.DeepClone().AsObject() ?? [];
}
