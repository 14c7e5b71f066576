import { z } from 'zod';
import { text } from '../http/fields';
import type { Resolution, Suggestion } from '../store/movie-store';

/** Largest TMDB id that the catalogue can hold. */
export const MAX_MOVIE_ID = 2 ** 32 - 1;

export const movieIdSchema = z.int().min(1).max(MAX_MOVIE_ID).meta({ description: 'TMDB id', example: 597 });

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

export function viewSuggestion({ id, title, year }: Suggestion): SuggestionView {
  return { movie_id: id, title, ...(year !== undefined && { year }) };
}

export function viewUnknown({ reference, suggestions }: Resolution) {
  return { reference, suggestions: suggestions.map(viewSuggestion) };
}
