import type { Response } from 'express';
import { z } from 'zod';
import type { MovieReference, MovieStore, Resolution, Suggestion } from '../engine/movie-store';
import { text } from '../http/fields';
import { HttpProblem } from '../http/problem';

/** Largest TMDB id that the catalogue can hold. */
const MAX_ID = 2 ** 32 - 1;
/** Header that names the films asked about that the catalogue does not have. */
export const UNKNOWN_TITLES_HEADER = 'X-Unknown-Titles';
/** Common servers and clients stop at 8 kB for all headers together. */
const HEADER_BYTES = 4_000;

export const movieIdSchema = z.int().min(1).max(MAX_ID).meta({ description: 'TMDB id', example: 597 });

export const titleSchema = text(300).meta({
  description:
    'A title as people type it: case, accents, punctuation and a leading article do not matter; a year in parentheses picks ' +
    'among films of one name; original and alternative titles and small typos work. Digits alone are a title where a film ' +
    'has it ("300"), else a TMDB id',
  example: 'Heat (1995)',
});

export const movieReferenceSchema = z
  .union([titleSchema, movieIdSchema], {
    error: 'must be a title of 1 to 300 characters or a TMDB id (a whole number)',
  })
  .meta({
    id: 'MovieReference',
    description: 'A film by title or by TMDB id; a number is always an id',
    example: 'The Matrix',
  });

export const suggestionSchema = z
  .object({
    movie_id: movieIdSchema,
    title: z.string().meta({ example: 'Titanic' }),
    year: z.int().optional().meta({ example: 1997 }),
  })
  .meta({ id: 'Suggestion', description: 'A film by name' });

export type SuggestionView = z.output<typeof suggestionSchema>;

export const unknownTitlesHeaders = z.object({
  [UNKNOWN_TITLES_HEADER]: z
    .string()
    .optional()
    .meta({
      description:
        'JSON array (ASCII, with \\u escapes) of the films asked about that the catalogue does not have and that were skipped; ' +
        `as many as fit in ${HEADER_BYTES} bytes`,
      example: '["Inceptoin 2"]',
    }),
});

export function viewSuggestion({ id, title, year }: Suggestion): SuggestionView {
  return { movie_id: id, title, ...(year !== undefined && { year }) };
}

/**
 * What each reference means, in order. Digits alone are a title where a film has exactly that title ("300", "1917"),
 * else an id; a number is always an id.
 */
export async function resolveReferences(
  store: MovieStore,
  references: readonly MovieReference[],
): Promise<Resolution[]> {
  if (references.length === 0) return [];
  const asked = references.flatMap((reference) => (isId(reference) ? [reference, Number(reference)] : [reference]));
  const answers = (await store.resolve(asked)).values();
  const next = () => answers.next().value as Resolution;
  return references.map((reference) => (isId(reference) ? titleElseId(reference, next(), next()) : next()));
}

/** The films that are known, each once, in order. */
export function knownIds(resolutions: readonly Resolution[]): number[] {
  return [...new Set(resolutions.flatMap(({ movie }) => (movie ? [movie.id] : [])))];
}

export function unknownOf(resolutions: readonly Resolution[]): Resolution[] {
  return resolutions.filter(({ movie }) => !movie);
}

/** An answer, and the films asked about that the catalogue does not have. */
export interface Reported<T> {
  answer: T;
  unknown: Resolution[];
}

/** The answer, whatever its form; a header tells the client which films were skipped. */
export function reported<T>(response: Response, { answer, unknown }: Reported<T>): T {
  if (unknown.length > 0) response.set(UNKNOWN_TITLES_HEADER, headerOf(unknown));
  return answer;
}

function headerOf(unknown: readonly Resolution[]): string {
  const titles: string[] = [];
  let bytes = 2;
  for (const { reference } of unknown) {
    const title = asciiJson(reference);
    bytes += title.length + 1;
    if (bytes > HEADER_BYTES) break;
    titles.push(title);
  }
  return `[${titles.join(',')}]`;
}

/** 404 with the nearest titles, for when none of the films asked about is known. */
export function filmNotFound(unknown: readonly Resolution[]): HttpProblem {
  const suggestions = unknown.flatMap((each) => each.suggestions).map(viewSuggestion);
  const near = suggestions.slice(0, 3).map(({ title, year }) => (year === undefined ? title : `${title} (${year})`));
  const hint = near.length > 0 ? ` Did you mean: ${near.join(', ')}?` : '';
  return new HttpProblem(404, 'film_not_found', `${subject(unknown)}.${hint}`, {
    members: { suggestions, unknown: unknown.map(viewUnknown) },
  });
}

export function viewUnknown({ reference, suggestions }: Resolution) {
  return { reference, suggestions: suggestions.map(viewSuggestion) };
}

function subject(unknown: readonly Resolution[]): string {
  if (unknown.length > 1) return `None of the ${unknown.length} films is in the catalogue`;
  const reference = unknown[0]?.reference;
  return typeof reference === 'number'
    ? `No film in the catalogue has the TMDB id ${reference}`
    : `No film in the catalogue is called "${reference}"`;
}

function isId(reference: MovieReference): reference is string {
  return typeof reference === 'string' && /^[1-9]\d{0,9}$/.test(reference) && Number(reference) <= MAX_ID;
}

function titleElseId(digits: string, title: Resolution, id: Resolution): Resolution {
  const isItsTitle = title.movie?.title.replace(/[^\p{L}\p{N}]/gu, '') === digits;
  return isItsTitle || !id.movie ? title : { ...id, reference: digits };
}

function asciiJson(value: MovieReference): string {
  return JSON.stringify(value).replace(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
