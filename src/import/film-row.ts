import { z } from 'zod';
import { compact } from '../compact';
import type { Movie } from '../store/movie-store';

const missing = (value: unknown) => (value === null || value === '' ? undefined : value);
const optional = <S extends z.ZodType>(schema: S) => z.preprocess(missing, schema.optional());
const text = z.string().trim();
const year = z.int().min(1870).max(2200);
const names = z.preprocess(
  (value) => value ?? [],
  z.array(text).transform((list) => [...new Set(list.filter((name) => name !== ''))]),
);

/**
 * A row of the import format (docs/import.md). `null` and `""` mean "not known"; `director` may be a string of names
 * separated by commas, `directors` a list. Unknown fields are left out.
 */
export const filmRowSchema = z
  .object({
    tmdb_id: z.int().min(1).max(0xffff_ffff),
    imdb_id: optional(text),
    title: text.min(1, 'is blank'),
    original_title: optional(text),
    alternative_titles: names,
    release_date: optional(text.regex(/^\d{4}-\d{2}-\d{2}$/, 'is not a date as YYYY-MM-DD')),
    year: optional(year),
    overview: z.preprocess((value) => value ?? '', text),
    tagline: optional(text),
    genres: names,
    director: optional(text),
    directors: names,
    cast: names,
    keywords: names,
    runtime: optional(z.number().min(0).max(100_000).transform(Math.round)),
    vote_average: optional(z.number().min(0).max(10)),
    vote_count: optional(z.int().min(0).max(0xffff_ffff)),
    popularity: optional(z.number().min(0)),
    original_language: optional(text),
    countries: names,
    collection: optional(text),
    poster_path: optional(text),
    backdrop_path: optional(text),
    fetched_at: optional(z.iso.datetime({ offset: true, error: 'is not a time as RFC 3339 has it' })),
  })
  .transform(({ director, directors, year: given, ...row }): Movie => {
    const known = given ?? yearOf(row.release_date);
    return compact({
      ...row,
      year: known,
      runtime: row.runtime || undefined, // data sets write 0 for "not known"
      directors: directors.length > 0 ? directors : splitNames(director),
    });
  });

const KNOWN_FIELDS = new Set(Object.keys(filmRowSchema.in.shape));

/** The fields of a row that the import does not know and leaves out. */
export function unknownFields(fields: Record<string, unknown>): string[] {
  return Object.keys(fields).filter((name) => !KNOWN_FIELDS.has(name));
}

/** The film of a row, or why the row is none, in a sentence that names the fields. */
export function toFilm(fields: Record<string, unknown>): { film: Movie } | { reason: string } {
  const parsed = filmRowSchema.safeParse(fields, { reportInput: true });
  if (parsed.success) return { film: parsed.data };
  return { reason: parsed.error.issues.map(reasonOf).join('; ') };
}

function reasonOf(issue: z.core.$ZodIssue): string {
  const field = issue.path.join('.');
  if (issue.code === 'invalid_type') {
    const missing = issue.input === undefined || issue.input === null;
    return missing ? `${field} is missing` : `${field} is not ${TYPES[issue.expected] ?? issue.expected}`;
  }
  if (issue.code === 'too_small' && issue.origin !== 'string') return `${field} is less than ${issue.minimum}`;
  if (issue.code === 'too_big') return `${field} is more than ${issue.maximum}`;
  return `${field} ${issue.message}`;
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  array: 'a list',
};

function splitNames(list = ''): string[] {
  return [...new Set(list.split(', ').map((name) => name.trim()))].filter((name) => name !== '');
}

function yearOf(date: string | undefined): number | undefined {
  const parsed = year.safeParse(Number(date?.slice(0, 4)));
  return parsed.success ? parsed.data : undefined;
}
