import { z } from 'zod';
import { filmFailureSchema, updateErrorSchema } from '../ingestion/failure';
import { updateOptionsSchema } from '../ingestion/options';
import { planSummarySchema } from '../ingestion/plan-summary';
import { progressSchema } from '../ingestion/progress';

/** For the documentation. */
export const EXAMPLE_ID = '20260131T070000000Z-4f2a9c';

/** `interrupted`: the server stopped; it goes on at the next start. */
const updateStateSchema = z.enum([
  'queued',
  'running',
  'cancelling',
  'succeeded',
  'failed',
  'cancelled',
  'interrupted',
]);

const time = z.iso.datetime();
const count = z.int().nonnegative();

/** An update from the moment it is asked for; this is also its record in the store. */
export const updateSchema = z
  .object({
    id: z.string().meta({ example: EXAMPLE_ID }),
    state: updateStateSchema,
    trigger: z.enum(['request', 'schedule']).meta({ description: 'Who asked for it' }),
    options: updateOptionsSchema,
    created_at: time,
    started_at: time.nullable(),
    finished_at: time.nullable(),
    restarts: count.meta({ description: 'How often it went on after its worker or the server had ended' }),
    progress: progressSchema,
    plan: planSummarySchema.nullable().meta({ description: 'Known when it is over' }),
    failures: z.array(filmFailureSchema).meta({ description: 'The first 100 films that failed' }),
    error: updateErrorSchema.nullable().meta({ description: 'Why it failed' }),
  })
  .meta({ id: 'Update', description: 'A background update of the catalogue from TMDB' });

export type Update = z.output<typeof updateSchema>;

/** Whether nothing more will happen to it. */
export function isOver({ state }: Update): boolean {
  return state === 'succeeded' || state === 'failed' || state === 'cancelled';
}
