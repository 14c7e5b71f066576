import { z } from 'zod';
import { queryList, queryNumber, text } from '../http/fields';
import { facetsSchema } from '../questions/answers';
import { k } from '../questions/fields';
import { checkRanges, filterParameters } from '../questions/filter-parameters';
import { movieSchema } from '../questions/movie-schema';
import { movieIdSchema, suggestionSchema } from '../questions/references';
import { LIMITS, SORT_KEYS } from '../store/contract.generated';

const sortKeySchema = z.enum(SORT_KEYS);

export const listQuerySchema = z
  .strictObject({
    k: queryNumber(k)
      .default(10)
      .meta({ description: `How many films, 1 to ${LIMITS.hits}`, example: 20 }),
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
  k: queryNumber(k)
    .default(10)
    .meta({ description: `How many titles, 1 to ${LIMITS.hits}`, example: 5 }),
});

export const suggestionsSchema = z.array(suggestionSchema);

export const moviePathSchema = z.strictObject({
  id: queryNumber(movieIdSchema).meta({ description: 'TMDB id', example: 597 }),
});
