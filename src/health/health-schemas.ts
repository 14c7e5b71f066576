import { z } from 'zod';
import { ATTRIBUTION, VERSION } from '../version';

export const statusSchema = z
  .object({
    status: z.literal('online and active!!!'),
    model_loaded: z.boolean().meta({ description: 'False while no film is indexed', example: true }),
  })
  .meta({ id: 'Status' });

export const liveSchema = z.object({ status: z.literal('live') });

export const readySchema = z
  .object({
    status: z.literal('ready'),
    movies: z.int().meta({ description: 'Searchable films', example: 250 }),
    pending_reembedding: z.int().meta({ description: 'Films still to be embedded with a changed model', example: 0 }),
  })
  .meta({ id: 'Ready' });

export const aboutSchema = z
  .object({
    name: z.literal('CineMatch'),
    version: z.string().meta({ example: VERSION }),
    model: z.object({
      name: z.string().meta({ example: 'all-MiniLM-L6-v2' }),
      dimensions: z.int().meta({ example: 384 }),
      precision: z.string().meta({ example: 'int8' }),
    }),
    movies: z.int().meta({ description: 'Searchable films', example: 250 }),
    generation: z.int().meta({ description: 'Grows with every change of the catalogue', example: 12 }),
    attribution: z.string().meta({ example: ATTRIBUTION }),
  })
  .meta({ id: 'About' });

export type About = z.output<typeof aboutSchema>;
