import { toFilm, unknownFields } from './film-row';
import type { Place, RowProblem } from './row';
import type { Sources } from './sources';

/** Which rows an import will take, found out by reading everything once before anything is stored. */
export interface Scan {
  /** Where the row of each film is, by TMDB id: the last one where there are several. */
  places: Map<number, Place>;
  /** Rows that cannot be taken. */
  problems: RowProblem[];
  /** Rows that are taken without what is wrong in them. */
  faults: RowProblem[];
  /** Rows that a later row of the same film replaces. */
  duplicates: (Place & { id: number; replacedBy: Place })[];
  /** Names of fields that the import leaves out. */
  ignoredFields: string[];
}

/** Reads all rows. A first reading is cheap beside embedding, and it is what gives a total, and one row a film. */
export async function scan(sources: Sources): Promise<Scan> {
  const places = new Map<number, Place>();
  const problems: RowProblem[] = [...sources.problems];
  const faults: RowProblem[] = [...sources.faults];
  const earlier: (Place & { id: number })[] = [];
  const ignored = new Set<string>();
  for await (const row of sources.rows()) {
    if ('reason' in row) {
      problems.push(row);
      continue;
    }
    const { file, line } = row;
    const parsed = toFilm(row.fields);
    if ('reason' in parsed) {
      problems.push({ file, line, reason: parsed.reason });
      continue;
    }
    const wrong = [...(row.faults ?? []), ...parsed.faults];
    if (wrong.length > 0) faults.push({ file, line, reason: wrong.join('; ') });
    for (const name of unknownFields(row.fields)) ignored.add(name);
    const id = parsed.film.tmdb_id;
    const before = places.get(id);
    if (before) earlier.push({ ...before, id });
    places.set(id, { file, line });
  }
  const duplicates = earlier.map((place) => ({ ...place, replacedBy: places.get(place.id) as Place }));
  return { places, problems, faults, duplicates, ignoredFields: [...ignored].sort() };
}
