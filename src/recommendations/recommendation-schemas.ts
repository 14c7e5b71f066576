import { z } from 'zod';
import { queryBoolean, text } from '../http/fields';
import { hitsSchema, richAnswerShape } from '../questions/answers';
import {
  checkQuestion,
  modeSchema,
  questionFields,
  questionParameters,
  RECOMMEND_PARTS,
  SEARCH_PARTS,
} from '../questions/fields';
import { movieIdSchema, movieReferenceSchema, suggestionSchema, titleSchema } from '../questions/references';
import { LIMITS } from '../store/contract.generated';

const sameCollection = {
  description:
    "Whether films of the liked films' own series (sequels) may be hits. By default they may not; but a series without a " +
    '`collection` is left out by default for a single liked film alone',
  example: true,
};

export const vibeBodySchema = z
  .strictObject({
    tags: z
      .array(text(100))
      .max(32)
      .default([])
      .meta({ description: 'Genres, keywords, moods; at most 32', example: ['Sci-Fi', 'Action', 'Space'] }),
    description: z
      .union(
        [
          z
            .string()
            .refine((value) => value.trim() === '')
            .transform(() => ''),
          text(2_000),
        ],
        {
          error: 'must be text of at most 2000 characters without control characters',
        },
      )
      .default('')
      .meta({
        type: 'string',
        maxLength: 2000,
        description: 'What the film is like',
        example: 'Robots fighting in space with stunning visuals',
      }),
    mode: modeSchema.optional(),
    ...questionFields(SEARCH_PARTS),
  })
  .superRefine((body, context) => {
    checkQuestion(body, context);
    if (body.tags.length > 0 || body.description !== '') return;
    context.addIssue({ code: 'custom', path: [], message: 'a tag or a description is required' });
  })
  .meta({ id: 'VibeRequest' });

export type VibeBody = z.output<typeof vibeBodySchema>;

export const userBodySchema = z
  .strictObject({
    liked_movies: z
      .array(movieReferenceSchema)
      .max(LIMITS.examples)
      .default([])
      .meta({
        description: `Films liked, oldest first, at most ${LIMITS.examples}; may be empty where disliked_movies is not`,
        example: ['The Matrix', 'Inception', 'Interstellar'],
      }),
    disliked_movies: z
      .array(movieReferenceSchema)
      .max(LIMITS.examples)
      .default([])
      .meta({
        description: `Films disliked, at most ${LIMITS.examples}; films that are more like one of them than like every liked film go down`,
        example: ['Cats (2019)'],
      }),
    same_collection: z.boolean().optional().meta(sameCollection),
    ...questionFields(RECOMMEND_PARTS),
  })
  .superRefine((body, context) => {
    checkQuestion(body, context);
    if (body.liked_movies.length + body.disliked_movies.length > 0) return;
    context.addIssue({
      code: 'custom',
      path: ['liked_movies'],
      message: 'must name at least one film, unless disliked_movies does',
    });
  })
  .meta({ id: 'UserRequest' });

export type UserBody = z.output<typeof userBodySchema>;

export const similarPathSchema = z.strictObject({ title: titleSchema });

export const similarQuerySchema = z
  .strictObject({
    ...questionParameters(RECOMMEND_PARTS),
    same_collection: queryBoolean().optional().meta(sameCollection),
  })
  .superRefine(checkQuestion);

export type SimilarQuery = z.output<typeof similarQuerySchema>;

const reference = z.union([z.string(), z.int()]).meta({ description: 'As the request named it', example: 'matrix' });

const resolutionSchema = z
  .object({
    found: z.array(z.object({ reference, movie_id: movieIdSchema, title: z.string(), year: z.int().optional() })),
    unknown: z.array(z.object({ reference, suggestions: z.array(suggestionSchema) })),
  })
  .meta({ id: 'Resolution', description: 'What the films named in the request were taken for' });

export const recommendationSchema = z
  .object({
    ...richAnswerShape,
    resolution: resolutionSchema.optional().meta({ description: 'With include "resolution"' }),
  })
  .meta({ id: 'Recommendation' });

/** The seed's plain list, or the rich object where `include` asks for a part. */
export const recommendationAnswerSchema = z.union([hitsSchema, recommendationSchema]);

export type RecommendationView = z.input<typeof recommendationSchema>;

const { results: _plain, total, ...parts } = richAnswerShape;

export const vibeAnswerSchema = z
  .object({
    interpreted_query: z.string().meta({
      description: 'The tags joined by spaces, that twice, then the description',
      example: 'Sci-Fi Action Sci-Fi Action Robots fighting in space',
    }),
    results: richAnswerShape.results,
    total: total.optional(),
    ...parts,
  })
  .meta({ id: 'VibeAnswer' });

export type VibeView = z.input<typeof vibeAnswerSchema>;
