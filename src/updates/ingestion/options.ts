import { z } from 'zod';
import { text } from '../../http/fields';

/** Options of an update as the route, the schedule and the command take them; each missing one has its default. */
export const updateOptionsSchema = z
  .strictObject({
    target: z
      .int()
      .min(1)
      .max(1_000_000)
      .meta({ description: 'How many films to have, the most popular first', example: 500 }),
    min_rating: z.number().min(0).max(10).meta({ description: 'Lowest mean vote at TMDB', example: 7 }),
    min_votes: z.int().min(0).max(1_000_000).meta({ description: 'Fewest votes at TMDB', example: 500 }),
    language: z
      .string()
      .regex(/^[a-z]{2}$/, { error: 'must be an ISO 639-1 code such as "fr"' })
      .meta({ description: 'Original language of the films, ISO 639-1', example: 'fr' }),
    year_from: z.int().min(1870).max(2200).meta({ description: 'First year of release', example: 1990 }),
    year_to: z.int().min(1870).max(2200).meta({ description: 'Last year of release', example: 1999 }),
    genre: text(64).meta({ description: 'A genre of TMDB, by name or number', example: 'Drama' }),
    reset: z.boolean().meta({ description: 'Build a whole new catalogue aside and swap it in at the end' }),
    refresh: z.boolean().meta({
      description:
        'Fetch again what TMDB changed and what was fetched more than 180 days ago; the criteria do not matter then',
    }),
    dry_run: z.boolean().meta({ description: 'Only find out what would be done' }),
  })
  .partial()
  .refine((options) => !(options.reset && options.refresh), {
    error: 'reset and refresh exclude each other',
    path: ['refresh'],
  })
  .refine(({ year_from, year_to }) => year_from === undefined || year_to === undefined || year_from <= year_to, {
    error: 'must not be before year_from',
    path: ['year_to'],
  })
  .meta({ id: 'UpdateOptions', description: 'What an update does; every field is optional' });

export type UpdateOptions = z.output<typeof updateOptionsSchema>;

/** Criteria that always have a value. */
export interface CriteriaDefaults {
  target: number;
  min_rating: number;
  min_votes: number;
}

/** The catalogue that the seed builds: some 50 well-known, well-liked films. */
export const DEFAULT_CRITERIA: Readonly<CriteriaDefaults> = { target: 50, min_rating: 7, min_votes: 500 };

/** Options with every default in its place. */
export type ResolvedOptions = UpdateOptions & CriteriaDefaults;

export function resolveOptions(options: UpdateOptions, defaults: CriteriaDefaults): ResolvedOptions {
  return {
    ...options,
    target: options.target ?? defaults.target,
    min_rating: options.min_rating ?? defaults.min_rating,
    min_votes: options.min_votes ?? defaults.min_votes,
  };
}
