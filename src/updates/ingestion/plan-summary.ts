import { z } from 'zod';

const count = z.int().nonnegative();

/** Numbers of what an update found to do. */
export const planSummarySchema = z
  .object({
    matching: count.meta({
      description: 'Films at TMDB that meet the criteria, or stored ones that a refresh looked at',
    }),
    wanted: count.meta({ description: 'Films concerned' }),
    fetch: count.meta({ description: 'Films to fetch' }),
    remove: count.meta({ description: 'Stored films that a reset leaves out' }),
    warnings: z.array(z.string()).meta({ description: 'What could not be made sure of' }),
  })
  .meta({ id: 'UpdatePlan', description: 'What an update found to do' });

export type PlanSummary = z.output<typeof planSummarySchema>;
