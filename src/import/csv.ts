import { Readable } from 'node:stream';
import { type CsvError, parse } from 'csv-parse';
import { openText } from './open-text';
import type { Place, Row } from './row';
import { decodeUtf8, NOT_UTF8, withoutByteOrderMark } from './utf8';

/** The column names of a CSV file. */
export async function readCsvHeader(file: string): Promise<string[]> {
  const input = await openText(file);
  const parser = input.pipe(parse({ bom: true, to: 1, relax_column_count: true }));
  input.on('error', (error) => parser.destroy(error));
  try {
    for await (const record of parser) return record as string[];
    return [];
  } finally {
    input.destroy();
  }
}

/** The rows of a CSV file with a header; a row that is not UTF-8, or has too many or too few columns, is one with a reason. */
export async function* readCsv(file: string): AsyncGenerator<Row> {
  const input = Readable.from(withoutByteOrderMark(await openText(file)));
  const unreadable: Row[] = [];
  let nextLine = 2;
  const startOf = (lastLine: unknown) => {
    const line = nextLine;
    if (typeof lastLine === 'number') nextLine = lastLine + 1;
    return line;
  };
  const parser = parse({
    bom: true, // of UTF-16, whose fields come as text
    encoding: null, // fields come as bytes: the parser would replace what is not UTF-8 without a word
    columns: (header: (Buffer | string)[]) => header.map(String),
    skip_records_with_error: true,
    on_record: (fields, { lines }) =>
      decoded({ file, line: startOf(lines) }, fields as Record<string, Buffer | string>),
    on_skip: (error) => {
      const line = startOf(error?.lines);
      if (!isBlank(error)) unreadable.push({ file, line, reason: reasonOf(error) });
    },
  });
  input.on('error', (error) => parser.destroy(error));
  input.pipe(parser);
  for await (const row of parser as AsyncIterable<Row>) {
    yield* unreadable.splice(0);
    yield row;
  }
  yield* unreadable;
}

function decoded(place: Place, columns: Record<string, Buffer | string>): Row {
  const fields: Record<string, string> = {};
  for (const [name, value] of Object.entries(columns)) {
    const text = typeof value === 'string' ? value : decodeUtf8(value);
    if (text === undefined) return { ...place, reason: `${name} is ${NOT_UTF8}` };
    fields[name] = text;
  }
  return { ...place, fields };
}

function isBlank(error: CsvError | undefined): boolean {
  return Array.isArray(error?.record) && error.record.length === 1 && String(error.record[0]) === '';
}

function reasonOf(error: CsvError | undefined): string {
  if (error?.code === 'CSV_RECORD_INCONSISTENT_COLUMNS') {
    return `has ${(error.record as unknown[]).length} columns, its header has ${(error.columns as unknown[]).length}`;
  }
  return error?.message ?? 'could not be read';
}
