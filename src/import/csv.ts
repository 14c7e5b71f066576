import { type CsvError, parse } from 'csv-parse';
import { openText } from './open-text';
import type { Row } from './row';

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

/** The rows of a CSV file with a header; a row with too many or too few columns is one with a reason. */
export async function* readCsv(file: string): AsyncGenerator<Row> {
  const input = await openText(file);
  const unreadable: Row[] = [];
  let nextLine = 2;
  const startOf = (lastLine: unknown) => {
    const line = nextLine;
    if (typeof lastLine === 'number') nextLine = lastLine + 1;
    return line;
  };
  const parser = parse({
    bom: true,
    columns: true,
    skip_records_with_error: true,
    on_record: (fields, { lines }) =>
      ({ file, line: startOf(lines), fields: fields as Record<string, unknown> }) satisfies Row,
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

function isBlank(error: CsvError | undefined): boolean {
  return Array.isArray(error?.record) && error.record.length === 1 && error.record[0] === '';
}

function reasonOf(error: CsvError | undefined): string {
  if (error?.code === 'CSV_RECORD_INCONSISTENT_COLUMNS') {
    return `has ${(error.record as unknown[]).length} columns, its header has ${(error.columns as unknown[]).length}`;
  }
  return error?.message ?? 'could not be read';
}
