import { linesOf } from './lines';
import { openText } from './open-text';
import type { Row } from './row';
import { decodeUtf8, NOT_UTF8, withoutByteOrderMark } from './utf8';

/** The rows of a file with one JSON object a line; blank lines are passed over. */
export async function* readJsonl(file: string): AsyncGenerator<Row> {
  let line = 0;
  for await (const bytes of linesOf(withoutByteOrderMark(await openText(file)))) {
    line++;
    const json = decodeUtf8(bytes);
    if (json === undefined) yield { file, line, reason: NOT_UTF8 };
    else if (json.trim() !== '') yield parseLine(file, line, json);
  }
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
