import { readCsv, readCsvHeader } from './csv';
import { readJsonl } from './jsonl';
import { openText } from './open-text';
import { type Companion, companionOf, filmFields, idOf } from './public-csv';
import type { Row, RowProblem } from './row';

type Format = 'jsonl' | 'films' | 'companion';

/** What a file holds that is not one of the formats. */
export class UnknownFormatError extends Error {
  override readonly name = 'UnknownFormatError';
}

/** The files of an import: films, and what companions say of them. */
export interface Sources {
  /** Every row of every file of films, in the order of the files, in the fields of the import format. May be read again. */
  rows(): AsyncGenerator<Row>;
  /** Rows of the companions that could not be read. */
  problems: RowProblem[];
  /** Rows of the companions that could not be read whole. */
  faults: RowProblem[];
}

/** Finds out what each file is and reads the companions. Rejects where a file cannot be read or is of no known format. */
export async function openSources(files: readonly string[]): Promise<Sources> {
  const formats = await Promise.all(files.map(async (file) => ({ file, format: await formatOf(file) })));
  const films = formats.filter(({ format }) => format !== 'companion');
  if (films.length === 0 && files.length > 0) {
    throw new UnknownFormatError(
      `${files.join(', ')}: only credits or keywords; name the file of the films too (docs/films.md).`,
    );
  }
  const companions: Companions = { films: new Map(), problems: [], faults: [] };
  for (const { file, format } of formats) {
    if (format === 'companion') await readCompanion(file, companions);
  }
  async function* rows(): AsyncGenerator<Row> {
    for (const { file, format } of films) {
      yield* format === 'jsonl' ? readJsonl(file) : readFilmsCsv(file, companions.films);
    }
  }
  return { rows, problems: companions.problems, faults: companions.faults };
}

async function formatOf(file: string): Promise<Format> {
  if ((await firstCharacter(file)) === '{') return 'jsonl';
  const columns = new Set(await readCsvHeader(file).catch(() => []));
  if (columns.has('id') && columns.has('title') && columns.has('overview')) return 'films';
  const key = columns.has('id') || columns.has('movie_id');
  if (key && (columns.has('crew') || columns.has('keywords'))) return 'companion';
  throw new UnknownFormatError(
    `${file} is neither JSONL (one JSON object a line) nor a CSV file of a known shape; docs/films.md describes them.`,
  );
}

async function firstCharacter(file: string): Promise<string> {
  const input = await openText(file);
  try {
    for await (const chunk of input) {
      const text = chunk
        .toString('utf8')
        .replace(/^\uFEFF/, '')
        .trimStart();
      if (text !== '') return text[0];
    }
    return '';
  } finally {
    input.destroy();
  }
}

/** What was read of all companions. */
interface Companions extends Pick<Sources, 'problems' | 'faults'> {
  films: Map<number, Companion>;
}

async function readCompanion(file: string, { films, problems, faults }: Companions): Promise<void> {
  for await (const row of readCsv(file)) {
    if ('reason' in row) {
      problems.push(row);
      continue;
    }
    const { line } = row;
    try {
      const id = idOf(row.fields);
      const companion = companionOf(row.fields);
      films.set(id, { ...films.get(id), ...companion.fields });
      if (companion.faults.length > 0) faults.push({ file, line, reason: companion.faults.join('; ') });
    } catch (error) {
      problems.push({ file, line, reason: (error as Error).message });
    }
  }
}

async function* readFilmsCsv(file: string, companions: Map<number, Companion>): AsyncGenerator<Row> {
  for await (const row of readCsv(file)) {
    yield 'reason' in row ? row : withCompanion(row, companions);
  }
}

function withCompanion({ file, line, fields }: Row & { fields: object }, companions: Map<number, Companion>): Row {
  try {
    const film = filmFields(fields as Record<string, unknown>);
    const companion = companions.get(film.fields.tmdb_id as number);
    return { file, line, fields: { ...film.fields, ...companion }, faults: film.faults };
  } catch (error) {
    return { file, line, reason: (error as Error).message };
  }
}
