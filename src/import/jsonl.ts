import { createInterface } from 'node:readline';
import { openText } from './open-text';
import type { Row } from './row';

/** The rows of a file with one JSON object a line; blank lines are passed over. */
export async function* readJsonl(file: string): AsyncGenerator<Row> {
  const input = await openText(file);
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  // readline swallows the errors of its input.
  let failure: Error | undefined;
  input.on('error', (error) => {
    failure = error;
    lines.close();
  });
  let line = 0;
  for await (const text of lines) {
    line++;
    const json = line === 1 ? text.replace(/^\uFEFF/, '') : text;
    if (json.trim() !== '') yield parseLine(file, line, json);
  }
  if (failure) throw failure;
}

function parseLine(file: string, line: number, json: string): Row {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    return { file, line, reason: `not JSON: ${(error as Error).message}` };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { file, line, reason: 'not a JSON object; each line must hold one film as {"tmdb_id": …, "title": …}' };
  }
  return { file, line, fields: value as Record<string, unknown> };
}
