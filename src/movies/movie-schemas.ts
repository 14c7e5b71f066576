import { z } from 'zod';
import { queryList, queryNumber, text } from '../http/fields';
import { checkRanges, filterParameters } from './filter-schemas';
import { movieIdSchema, suggestionSchema } from './movie-reference';

const names = z.array(z.string());

export const movieSchema = z
  .object({
    tmdb_id: movieIdSchema,
    imdb_id: z.string().optional().meta({ example: 'tt0120338' }),
    title: z.string().meta({ example: 'Titanic' }),
    original_title: z.string().optional(),
    alternative_titles: names.optional(),
    release_date: z.string().optional().meta({ description: 'YYYY-MM-DD', example: '1997-11-18' }),
    year: z.int().optional().meta({ example: 1997 }),
    overview: z.string(),
    tagline: z.string().optional(),
    genres: names.meta({ example: ['Drama', 'Romance'] }),
    directors: names.meta({ example: ['James Cameron'] }),
    cast: names.meta({ description: 'In billing order', example: ['Leonardo DiCaprio', 'Kate Winslet'] }),
    keywords: names.meta({ example: ['shipwreck', 'iceberg'] }),
    runtime: z.int().optional().meta({ description: 'Minutes', example: 194 }),
    vote_average: z.number().optional().meta({ description: '0 to 10' }),
    vote_count: z.int().optional(),
    popularity: z.number().optional(),
    original_language: z.string().optional().meta({ description: 'ISO 639-1', example: 'en' }),
    countries: names.optional().meta({ description: 'ISO 3166-1 alpha-2', example: ['US'] }),
    collection: z.string().optional(),
    poster_path: z.string().optional(),
    backdrop_path: z.string().optional(),
    fetched_at: z.string().optional().meta({ description: 'When TMDB was asked (RFC 3339)' }),
  })
  .meta({ id: 'Movie', description: 'A film; a missing field is not known' });

export const facetsSchema = z.record(z.string(), z.array(z.object({ value: z.string(), count: z.int() }))).meta({
  id: 'Facets',
  description: 'How many of the films that pass the filters have each value, most frequent first',
  example: { genres: [{ value: 'Drama', count: 112 }] },
});

export const k = z.int().min(1).max(100);

export const sortKeySchema = z.enum(['popularity', 'rating', 'votes', 'year', 'title', 'id']);

export const listQuerySchema = z
  .strictObject({
    k: queryNumber(k).default(10).meta({ description: 'How many films, 1 to 100', example: 20 }),
    offset: queryNumber(
      z
        .int()
        .min(0)
        .max(2 ** 31 - 1),
    )
      .default(0)
      .meta({ description: 'How many films to leave out at the front', example: 0 }),
    sort: sortKeySchema.default('popularity').meta({ description: 'What to sort by', example: 'year' }),
    order: z.enum(['asc', 'desc']).optional().meta({
      description: 'Direction; by default "asc" for title and id, "desc" for everything else',
      example: 'desc',
    }),
    include: queryList(z.array(z.enum(['facets'])))
      .optional()
      .meta({ description: 'Parts to add to the answer', example: ['facets'] }),
    ...filterParameters,
  })
  .superRefine(checkRanges);

export type ListQuery = z.output<typeof listQuerySchema>;

export const moviePageSchema = z
  .object({
    movies: z.array(movieSchema),
    total: z.int().meta({ description: 'Films that pass the filters', example: 250 }),
    k: z.int().meta({ example: 20 }),
    offset: z.int().meta({ example: 0 }),
    facets: facetsSchema.optional(),
  })
  .meta({ id: 'MoviePage' });

export const suggestQuerySchema = z.strictObject({
  q: text(300).meta({ description: 'The beginning of a title', example: 'tita' }),
  k: queryNumber(k).default(10).meta({ description: 'How many titles, 1 to 100', example: 5 }),
});

export const suggestionsSchema = z.array(suggestionSchema);

export const moviePathSchema = z.strictObject({
  id: queryNumber(movieIdSchema).meta({ description: 'TMDB id', example: 597 }),
});
