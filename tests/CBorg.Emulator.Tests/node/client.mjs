// Calls the emulator with OpenAI's own client. Each check prints its name; the first that fails ends the program with 1.
import assert from "node:assert/strict";
import OpenAI from "openai";

const client = new OpenAI({ baseURL: process.env.EMULATOR_URL, apiKey: process.env.EMULATOR_KEY, maxRetries: 0 });
const model = "gpt-5.5";
const ask = (content) => [{ role: "user", content }];
const schema = { type: "object", properties: { letter: { type: "string" } }, required: ["letter"], additionalProperties: false };

const checks = {
  async chat() {
    const reply = await client.chat.completions.create({ model, messages: ask("What letter comes after A?") });
    assert.equal(reply.choices[0].message.content, "B");
    assert.ok(reply.usage.total_tokens > 0);
  },

  async "stream of chunks"() {
    let text = "";
    let usage;
    const request = { model, messages: ask("Count to 5"), stream: true, stream_options: { include_usage: true } };
    for await (const chunk of await client.chat.completions.create(request)) {
      text += chunk.choices[0]?.delta?.content ?? "";
      usage = chunk.usage ?? usage;
    }
    assert.match(text, /1.*2.*3.*4.*5/s);
    assert.ok(usage.completion_tokens > 0);
  },

  async "stream helper"() {
    const runner = client.chat.completions.stream({ model, messages: ask("Say hello there") });
    let heard = "";
    runner.on("content", (delta) => (heard += delta));
    const final = await runner.finalChatCompletion();
    assert.equal(final.choices[0].message.content, "hello there");
    assert.equal(heard, "hello there");
    assert.equal(final.choices[0].finish_reason, "stop");
  },

  async runTools() {
    let called = 0;
    const clock = {
      type: "function",
      function: {
        name: "get_time",
        description: "The time in a zone",
        parameters: { type: "object", properties: { tz: { type: "string" } }, required: ["tz"] },
        parse: JSON.parse,
        function: ({ tz }) => (called++, assert.equal(typeof tz, "string"), "12:00"),
      },
    };
    const runner = client.chat.completions.runTools({ model, messages: ask("Call get_time for UTC"), tools: [clock] });
    assert.match(await runner.finalContent(), /12:00/);
    assert.equal(called, 1);
  },

  async "json_schema"() {
    const response_format = { type: "json_schema", json_schema: { name: "answer", strict: true, schema } };
    const reply = await client.chat.completions.parse({ model, messages: ask("What letter comes after A?"), response_format });
    assert.equal(typeof JSON.parse(reply.choices[0].message.content).letter, "string");
  },

  async "embeddings as floats and as base64"() {
    const request = { model: "lbl/nomic-embed-text", input: ["Apple", "Bread"] };
    const floats = await client.embeddings.create({ ...request, encoding_format: "float" });
    const decoded = await client.embeddings.create(request); // the client asks for base64 and decodes it
    const raw = await client.embeddings.create({ ...request, encoding_format: "base64" });
    assert.equal(floats.data.length, 2);
    assert.equal(typeof raw.data[0].embedding, "string");
    const bytes = Buffer.from(raw.data[0].embedding, "base64");
    floats.data[0].embedding.slice(0, 8).forEach((x, i) => {
      assert.ok(Math.abs(x - decoded.data[0].embedding[i]) < 1e-5);
      assert.ok(Math.abs(x - bytes.readFloatLE(i * 4)) < 1e-5);
    });
  },

  async "responses.create"() {
    const reply = await client.responses.create({ model, instructions: "Be brief.", input: "What letter comes after A?" });
    assert.equal(reply.output_text, "B");
    assert.equal(reply.status, "completed");
    assert.ok(reply.usage.total_tokens > 0);
  },

  async "responses.create with a schema and a tool"() {
    const text = { format: { type: "json_schema", name: "answer", strict: true, schema } };
    const parsed = await client.responses.parse({ model, input: "What letter comes after A?", text });
    assert.equal(typeof parsed.output_parsed.letter, "string");
    const tools = [{ type: "function", name: "get_time", parameters: { type: "object", properties: { tz: { type: "string" } } }, strict: false }];
    const first = await client.responses.create({ model, input: "Call get_time for UTC", tools });
    const call = first.output.find((item) => item.type === "function_call");
    const output = { type: "function_call_output", call_id: call.call_id, output: "12:00" };
    const second = await client.responses.create({ model, input: [{ role: "user", content: "Time?" }, call, output] });
    assert.match(second.output_text, /12:00/);
  },

  async "responses as a stream"() {
    const types = [];
    const stream = client.responses.stream({ model, input: "Count to 5" });
    for await (const event of stream) types.push(event.type);
    const final = await stream.finalResponse();
    assert.match(final.output_text, /1.*2.*3.*4.*5/s);
    assert.equal(types[0], "response.created");
    assert.ok(types.includes("response.output_text.delta"));
    assert.equal(types.at(-1), "response.completed");
  },

  async "an error has its type"() {
    await assert.rejects(client.chat.completions.create({ model: "no/such-model", messages: ask("Hi") }), (error) => {
      assert.ok(error instanceof OpenAI.BadRequestError);
      return true;
    });
  },
};

for (const [name, check] of Object.entries(checks)) {
  try {
    await check();
    console.log(`passed: ${name}`);
  } catch (error) {
    console.error(`failed: ${name}\n${error.stack}`);
    process.exit(1);
  }
}
