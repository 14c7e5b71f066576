import { z } from 'zod';
import { isDay, yearOf, yearSchema } from '../clean/dates';
import { cleanLine, cleanProse, isReadable } from '../clean/text';
import { meanVote } from '../clean/votes';
import { compact } from '../compact';
import type { Movie } from '../store/movie-store';

const missing = (value: unknown) => (value === null || value === '' ? undefined : value);
const optional = <S extends z.ZodType>(schema: S) => z.preprocess(missing, schema.optional());
const UNREADABLE = 'has control characters or characters that are not valid Unicode';
const prose = z.string().transform(cleanProse).refine(isReadable, UNREADABLE);
const text = z.string().transform(cleanLine).refine(isReadable, UNREADABLE);
const names = z.preprocess(
  (value) => value ?? [],
  z.array(text).transform((list) => [...new Set(list.filter((name) => name !== ''))]),
);

/**
 * A row of the import format (docs/films.md). `null` and `""` mean "not known"; `director` may be a string of names
 * separated by commas, `directors` a list. Unknown fields are left out.
 */
const filmRowSchema = z
  .object({
    tmdb_id: z.int().min(1).max(0xffff_ffff),
    imdb_id: optional(text),
    title: text.refine((title) => title !== '', 'is blank'),
    original_title: optional(text),
    alternative_titles: names,
    release_date: optional(text.refine(isDay, 'is not a date as YYYY-MM-DD')),
    year: optional(yearSchema),
    overview: z.preprocess((value) => value ?? '', prose),
    tagline: optional(prose),
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
      vote_average: meanVote(row.vote_average, row.vote_count),
      runtime: row.runtime || undefined, // data sets write 0 for "not known"
      directors: directors.length > 0 ? directors : splitNames(director),
    });
  });

const KNOWN_FIELDS = new Set(Object.keys(filmRowSchema.in.shape));

/** The fields of a row that the import does not know and leaves out. */
export function unknownFields(fields: Record<string, unknown>): string[] {
  return Object.keys(fields).filter((name) => !KNOWN_FIELDS.has(name));
}

/** What a row must have to be a film. */
const REQUIRED: readonly PropertyKey[] = ['tmdb_id', 'title'];

/** A row that was read: its film, and what is wrong with fields and names that the film is without; or why it is no film. */
export type ReadRow = { film: Movie; faults: string[] } | { reason: string };

/** The film of a row. Reasons and faults name their fields. */
export function toFilm(fields: Record<string, unknown>): ReadRow {
  const parsed = filmRowSchema.safeParse(fields, { reportInput: true });
  if (parsed.success) return { film: parsed.data, faults: [] };
  const { issues } = parsed.error;
  const reasons = issues.map(reasonOf);
  if (issues.some(({ path: [field = ''] }) => REQUIRED.includes(field))) return { reason: reasons.join('; ') };
  const rest = toFilm(without(fields, issues));
  return 'reason' in rest ? rest : { film: rest.film, faults: [...reasons, ...rest.faults] };
}

/** The fields without those that the issues are about; of a list only without the items that they are about. */
function without(fields: Record<string, unknown>, issues: readonly z.core.$ZodIssue[]): Record<string, unknown> {
  const isBad = (...path: PropertyKey[]) => issues.some((issue) => issue.path.join('.') === path.join('.'));
  const rest = Object.entries(fields).filter(([name]) => !isBad(name));
  return Object.fromEntries(
    rest.map(([name, value]) => [name, Array.isArray(value) ? value.filter((_, i) => !isBad(name, i)) : value]),
  );
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
