import { readFileSync } from 'node:fs';
import path from 'node:path';
import { toFilm, unknownFields } from '../../../src/import/film-row';

const rows: Record<string, unknown>[] = readFileSync(path.join(__dirname, '../../../data/starter-films.jsonl'), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line));

const films = rows.map((row) => {
  const result = toFilm(row);
  if ('reason' in result) throw new Error(`${JSON.stringify(row.title)}: ${result.reason}`);
  if (result.faults.length > 0) throw new Error(`${JSON.stringify(row.title)}: ${result.faults.join('; ')}`);
  return result.film;
});

const REQUIRED = [
  'tmdb_id',
  'title',
  'original_title',
  'year',
  'runtime',
  'director',
  'cast',
  'genres',
  'keywords',
  'original_language',
  'countries',
  'overview',
];

/** The titles of the films for which `wrong` holds: an empty list is what a test expects. */
const which = (wrong: (film: (typeof films)[number]) => boolean) => films.filter(wrong).map(({ title }) => title);

describe('the bundled films', () => {
  test('every one has every field that a film of ours has, and none that is unknown', () => {
    for (const row of rows) {
      expect(REQUIRED.filter((field) => row[field] === undefined || row[field] === '')).toEqual([]);
      expect(unknownFields(row)).toEqual([]);
    }
    expect(which((film) => film.cast.length === 0 && !film.genres.includes('Documentary'))).toEqual([]);
    expect(which((film) => film.genres.length === 0 || film.keywords.length < 3)).toEqual([]);
  });

  test('are at least 250, each once, in the order of year and id', () => {
    expect(films.length).toBeGreaterThanOrEqual(250);
    expect(new Set(films.map(({ tmdb_id }) => tmdb_id)).size).toBe(films.length);
    expect(new Set(films.map(({ title, year }) => `${title} (${year})`)).size).toBe(films.length);
    const sorted = [...films].sort((a, b) => (a.year ?? 0) - (b.year ?? 0) || a.tmdb_id - b.tmdb_id);
    expect(films.map(({ tmdb_id }) => tmdb_id)).toEqual(sorted.map(({ tmdb_id }) => tmdb_id));
  });

  test('come from at least 15 countries, all decades and many genres', () => {
    expect(new Set(films.flatMap((film) => film.countries)).size).toBeGreaterThanOrEqual(15);
    expect(which((film) => film.countries?.some((country) => !/^[A-Z]{2}$/.test(country)) ?? true)).toEqual([]);
    const decades = new Set(films.map(({ year = 0 }) => Math.floor(year / 10) * 10));
    for (let decade = 1920; decade <= 2020; decade += 10) expect(decades).toContain(decade);
    expect(new Set(films.flatMap((film) => film.genres)).size).toBeGreaterThanOrEqual(15);
  });

  test('have overviews of 30 to 100 words in two to four sentences', () => {
    const words = (text: string) => text.trim().split(/\s+/).length;
    const sentences = (text: string) => text.match(/[.!?]["”’)]*(?=\s|$)/g)?.length ?? 0;
    expect(which(({ overview }) => words(overview) < 30 || words(overview) > 100)).toEqual([]);
    expect(which(({ overview }) => sentences(overview) < 2 || sentences(overview) > 4)).toEqual([]);
    expect(new Set(films.map(({ overview }) => overview)).size).toBe(films.length);
  });

  test('have no votes, no popularity and no pictures', () => {
    for (const row of rows) {
      for (const field of ['vote_average', 'vote_count', 'popularity', 'poster_path', 'backdrop_path', 'tagline']) {
        expect(row).not.toHaveProperty(field);
      }
    }
  });
});
