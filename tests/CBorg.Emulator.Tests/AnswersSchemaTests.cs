using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CBorg.Emulator.Answers.Schemas;
using Xunit;

namespace CBorg.Emulator.Tests;

public class AnswersSchemaTests
{
    private static readonly PromptHints s_noHints = new("", null);

    public static TheoryData<string> Schemas =>
        new()
        {
            """{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"integer"},"c":{"type":"boolean"},"d":{"type":"null"}},"required":["a","b","c","d"],"additionalProperties":false}""",
            """{"type":"object","required":["free"]}""",
            """{"type":"object","minProperties":2,"additionalProperties":{"type":"integer"}}""",
            """{"type":["null","number"],"minimum":3,"exclusiveMaximum":4}""",
            """{"type":"number","exclusiveMinimum":0,"exclusiveMaximum":1}""",
            """{"type":"integer","minimum":10,"maximum":20,"multipleOf":7}""",
            """{"type":"number","minimum":0.25,"multipleOf":0.1}""",
            """{"type":"integer","maximum":-5}""",
            """{"type":"array","items":{"type":"integer"},"minItems":3,"uniqueItems":true}""",
            """{"type":"array","items":{"enum":["x","y","z"]},"minItems":3,"uniqueItems":true}""",
            """{"type":"array","items":{"type":"string"},"maxItems":0}""",
            """{"type":"array","prefixItems":[{"type":"integer"},{"type":"boolean"}],"items":{"type":"string"},"minItems":3}""",
            """{"type":"array","items":{"type":"object","properties":{"id":{"type":"string","format":"uuid"}},"required":["id"]},"minItems":2}""",
            """{"enum":["red","green",3,null]}""",
            """{"const":{"a":[1,2]}}""",
            """{"anyOf":[{"type":"null"},{"type":"string","minLength":4}]}""",
            """{"oneOf":[{"type":"object","properties":{"kind":{"const":"a"}},"required":["kind"]},{"type":"object","properties":{"kind":{"const":"b"},"x":{"type":"number"}},"required":["kind","x"]}]}""",
            """{"allOf":[{"type":"object","properties":{"a":{"type":"integer","minimum":4}},"required":["a"]},{"properties":{"a":{"maximum":9},"b":{"const":true}},"required":["b"]}]}""",
            """{"$defs":{"item":{"type":"object","properties":{"n":{"type":"integer"},"next":{"anyOf":[{"$ref":"#/$defs/item"},{"type":"null"}]}},"required":["n","next"]}},"$ref":"#/$defs/item"}""",
            """{"definitions":{"tree":{"type":"object","properties":{"name":{"type":"string"},"children":{"type":"array","items":{"$ref":"#/definitions/tree"}}},"required":["name","children"]}},"$ref":"#/definitions/tree"}""",
            """{"type":"object","properties":{"self":{"$ref":"#"}}}""",
            """{"type":"string","minLength":30,"maxLength":35}""",
            """{"type":"string","maxLength":3}""",
            """{"properties":{"when":{"type":"string","format":"date"},"mail":{"type":"string","format":"email"}},"required":["when","mail"]}""",
            """{"type":"object","properties":{"deep":{"type":"object","properties":{"deeper":{"type":"array","items":{"type":"array","items":{"type":"number"},"minItems":2},"minItems":2}},"required":["deeper"]}},"required":["deep"]}""",
        };

    [Theory]
    [MemberData(nameof(Schemas))]
    public void An_instance_fits_its_schema(string schema)
    {
        var node = JsonNode.Parse(schema);
        var instance = new SchemaWriter(node, s_noHints).Write();
        Assert.True(
            new SchemaCheck(node).Fits(node, JsonNode.Parse(instance?.ToJsonString() ?? "null")),
            $"{instance?.ToJsonString()} does not fit {schema}"
        );
    }

    [Fact]
    public void Recursion_ends_at_once()
    {
        var schema = JsonNode.Parse(
            """{"$defs":{"n":{"type":"object","properties":{"v":{"type":"integer"},"next":{"anyOf":[{"$ref":"#/$defs/n"},{"type":"null"}]}},"required":["v","next"]}},"$ref":"#/$defs/n"}"""
        );
        Assert.Equal("""{"v":1,"next":null}""", new SchemaWriter(schema, s_noHints).Write()!.ToJsonString());
    }

    [Theory]
    [InlineData("""{"type":"object","properties":{"a":{"type":"integer"}},"required":["a"]}""", """{}""")]
    [InlineData("""{"type":"integer"}""", "1.5")]
    [InlineData("""{"oneOf":[{"type":"integer"},{"minimum":0}]}""", "3")]
    [InlineData("""{"type":"array","uniqueItems":true}""", "[1,1]")]
    [InlineData("""{"type":"object","additionalProperties":false}""", """{"x":1}""")]
    [InlineData("""{"type":"string","pattern":"^a$"}""", "\"b\"")]
    public void What_does_not_fit_is_told(string schema, string value) =>
        Assert.False(new SchemaCheck(JsonNode.Parse(schema)).Fits(JsonNode.Parse(schema), JsonNode.Parse(value)));

    [Fact]
    public void Values_come_from_the_prompt()
    {
        var schema = """
            {"name":"person","strict":true,"schema":{"type":"object","additionalProperties":false,"required":["name","age","email","city","born","is_member"],"properties":{
            "name":{"type":"string"},"age":{"type":"integer"},"email":{"type":"string"},"city":{"type":"string"},
            "born":{"type":"string","format":"date"},"is_member":{"type":"boolean"}}}}
            """;
        var answer = Json(
            "Extract the person: Ada Lovelace is 36 years old, lives in London, was born on 1815-12-10 and is reached at ada@example.org. She is not a member.",
            schema
        );
        Assert.Equal("Ada Lovelace", (string?)answer["name"]);
        Assert.Equal(36, (int)answer["age"]!);
        Assert.Equal("ada@example.org", (string?)answer["email"]);
        Assert.Equal("London", (string?)answer["city"]);
        Assert.Equal("1815-12-10", (string?)answer["born"]);
    }

    [Fact]
    public void Answers_find_their_way_into_the_schema()
    {
        Assert.Equal(
            "B",
            (string?)
                Json(
                    "What letter comes after A?",
                    """{"name":"l","schema":{"type":"object","properties":{"letter":{"type":"string"}},"required":["letter"]}}"""
                )["letter"]
        );
        Assert.Equal(
            85,
            (int)
                Json(
                    "What is 12*7+1?",
                    """{"name":"l","schema":{"type":"object","properties":{"result":{"type":"integer"}},"required":["result"]}}"""
                )["result"]!
        );
        var label = Json(
            "This is a terrible result.",
            """{"name":"l","schema":{"type":"object","properties":{"label":{"enum":["positive","negative"]}},"required":["label"]}}"""
        );
        Assert.Equal("negative", (string?)label["label"]);
    }

    [Fact]
    public void Json_object_is_an_object()
    {
        var plain = Requests.Answer(
            Requests.Chat(
                "What letter comes after A? Answer in JSON.",
                ("response_format", new JsonObject { ["type"] = "json_object" })
            )
        );
        Assert.Equal("""{"answer":"B"}""", plain.Choices[0].Text);
        var named = Requests.Answer(
            Requests.Chat("Give JSON with keys: colour, city", ("response_format", new JsonObject { ["type"] = "json_object" }))
        );
        Assert.Matches(new Regex("""^\{"colour":"[^"]*","city":"[^"]*"\}$"""), named.Choices[0].Text);
    }

    private static JsonObject Json(string prompt, string jsonSchema)
    {
        var format = new JsonObject { ["type"] = "json_schema", ["json_schema"] = JsonNode.Parse(jsonSchema) };
        var text = Requests.Answer(Requests.Chat(prompt, ("response_format", format))).Choices[0].Text!;
        var made = JsonNode.Parse(text)!.AsObject();
        var schema = format["json_schema"]!["schema"];
        Assert.True(new SchemaCheck(schema).Fits(schema, made), text);
        return made;
    }
}
