import { z } from 'zod';
import { movieSchema } from './movie-schema';
import { movieIdSchema } from './references';

export const facetsSchema = z.record(z.string(), z.array(z.object({ value: z.string(), count: z.int() }))).meta({
  id: 'Facets',
  description: 'How many of the films that pass the filters have each value, most frequent first',
  example: { genres: [{ value: 'Drama', count: 112 }] },
});

const hitShape = {
  movie_id: movieIdSchema,
  title: z.string().meta({ example: 'Titanic' }),
  score: z.number().meta({ description: 'Higher is better', example: 0.856 }),
};

const hitSchema = z.object(hitShape).meta({ id: 'Hit', description: 'A film with its score' });

const explanationSchema = z
  .object({
    sentence: z.string().meta({
      example: 'Its story is near to the question in meaning, and it has words of it (“sinking”, “ship”).',
    }),
    parts: z
      .array(z.object({ part: z.string().meta({ example: 'meaning' }), score: z.number().meta({ example: 0.61 }) }))
      .meta({ description: 'What each part added to the score, largest first' }),
    because_of: movieIdSchema.optional().meta({ description: 'The liked film that brought this one', example: 603 }),
    matched_words: z.array(z.string()).meta({ example: ['sinking', 'ship'] }),
    shared_people: z.array(z.string()).meta({ example: ['Christopher Nolan'] }),
    shared_keywords: z.array(z.string()).meta({ example: ['dream'] }),
    shared_genres: z.array(z.string()).meta({ example: ['Action'] }),
  })
  .meta({ id: 'Explanation', description: 'Why a film is there' });

const richHitSchema = z
  .object({
    ...hitShape,
    movie: movieSchema.optional().meta({ description: 'With include "details"' }),
    explanation: explanationSchema.optional().meta({ description: 'With include "explanation"' }),
  })
  .meta({ id: 'RichHit' });

/** An answer with parts on request. */
export const richAnswerShape = {
  results: z.array(richHitSchema).meta({ description: 'Best first' }),
  total: z.int().meta({ description: 'Films that pass the filters', example: 250 }),
  facets: facetsSchema.optional().meta({ description: 'With include "facets"' }),
  intra_list_distance: z.number().optional().meta({
    description: 'Mean of 1 - cosine over the pairs of films; where diversity was asked for',
    example: 0.62,
  }),
};

export const hitsSchema = z.array(hitSchema);
export const richAnswerSchema = z.object(richAnswerShape).meta({ id: 'RichAnswer' });

/** The seed's plain list, or the rich object where `include` asks for a part. */
export const answerSchema = z.union([hitsSchema, richAnswerSchema]);

export type HitView = z.output<typeof hitSchema>;
export type RichHitView = z.input<typeof richHitSchema>;
export type RichAnswerView = z.input<typeof richAnswerSchema>;
