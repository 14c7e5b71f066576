import { z } from 'zod';
import { text } from '../http/fields';
import { answerSchema } from '../questions/answers';
import { checkQuestion, modeSchema, questionFields, SEARCH_PARTS } from '../questions/fields';

export const searchBodySchema = z
  .strictObject({
    query: text(2_000).meta({
      description: 'What you remember of the film',
      example: 'A romantic movie about a sinking ship',
    }),
    mode: modeSchema.optional(),
    ...questionFields(SEARCH_PARTS),
  })
  .superRefine(checkQuestion)
  .meta({ id: 'SearchRequest' });

export type SearchBody = z.output<typeof searchBodySchema>;

export const batchBodySchema = z
  .strictObject({
    queries: z.array(searchBodySchema).min(1).max(50).meta({ description: 'Up to 50 searches' }),
  })
  .meta({ id: 'SearchBatchRequest' });

export const batchAnswerSchema = z
  .object({ results: z.array(answerSchema).meta({ description: 'The answers, in the order of the searches' }) })
  .meta({ id: 'SearchBatchAnswer' });
