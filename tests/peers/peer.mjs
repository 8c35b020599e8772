// What every script of this folder needs: `say` a JSON value to the test, read its `lines`.
import { createInterface } from 'node:readline';

export function say(value) {
  process.stdout.write(JSON.stringify(value) + '\n');
}

export async function* lines() {
  for await (const line of createInterface({ input: process.stdin })) {
    yield JSON.parse(line);
  }
}

// What a script calls by name: {"call": "encrypt", "with": [...]} is answered {"value": ...} or {"error": "..."}.
export async function serve(calls) {
  for await (const { call, with: given = [] } of lines()) {
    try {
      say({ value: (await calls[call](...given)) ?? null });
    } catch (error) {
      say({ error: error?.message ?? JSON.stringify(error) });
    }
  }
}
