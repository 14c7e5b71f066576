import { z } from 'zod';
import { movieIdSchema } from './references';

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
