// Keeps a number of calls in flight, as a user of openai would, and prints what came of them.
import OpenAI from "openai";

const [baseURL, apiKey, model, calls, width] = process.argv.slice(2);
const client = new OpenAI({ baseURL, apiKey });
const failed = {};
let begun = 0;
let done = 0;

async function call() {
  try {
    await client.chat.completions.create({ model, messages: [{ role: "user", content: "What letter comes after A?" }] });
    done++;
  } catch (error) {
    const kind = `${error.status ?? error.name}`;
    failed[kind] = (failed[kind] ?? 0) + 1;
  }
}

async function lane() {
  while (begun < Number(calls)) {
    begun++;
    await call();
  }
}

const start = performance.now();
await Promise.all(Array.from({ length: Number(width) }, lane));
console.log(JSON.stringify({ done, seconds: (performance.now() - start) / 1000, failed }));
