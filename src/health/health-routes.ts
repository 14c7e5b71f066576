import type { z } from 'zod';
import type { FeatureModule } from '../http/feature';
import { feature, route } from '../http/route';
import { requireFilms } from '../questions/require-films';
import type { MovieStore } from '../store/movie-store';
import { ATTRIBUTION, VERSION } from '../version';
import { aboutSchema, liveSchema, readySchema, statusSchema } from './health-schemas';

const tag = 'Service';

/** `GET /`, `/about`, `/health/live` and `/health/ready`. */
export function createHealthRoutes(store: Pick<MovieStore, 'status' | 'isEmpty'>): FeatureModule {
  return feature(
    route({
      method: 'get',
      path: '/',
      operationId: 'getStatus',
      tag,
      summary: 'Whether the service is up and has films',
      answer: { description: 'The service is up', schema: statusSchema },
      handle: (): z.output<typeof statusSchema> => ({
        status: 'online and active!!!',
        model_loaded: !store.isEmpty(),
      }),
    }),
    route({
      method: 'get',
      path: '/about',
      operationId: 'getAbout',
      tag,
      summary: 'Version, model and sources',
      answer: { description: 'What this service is', schema: aboutSchema },
      handle: () => about(store),
    }),
    route({
      method: 'get',
      path: '/health/live',
      operationId: 'getLive',
      tag,
      summary: 'Liveness probe',
      description: 'Answers while the process serves requests at all.',
      answer: { description: 'The process is alive', schema: liveSchema },
      handle: (): z.output<typeof liveSchema> => ({ status: 'live' }),
    }),
    route({
      method: 'get',
      path: '/health/ready',
      operationId: 'getReady',
      tag,
      summary: 'Readiness probe',
      description: 'Answers 200 once searches can be answered, 503 while no film is indexed.',
      answer: { description: 'Searches are answered', schema: readySchema },
      problems: [503],
      before: [requireFilms(store)],
      handle: (): z.output<typeof readySchema> => {
        const { films, pending } = store.status();
        return { status: 'ready', movies: films, pending_reembedding: pending };
      },
    }),
  );
}

function about(store: Pick<MovieStore, 'status'>): z.output<typeof aboutSchema> {
  const { model, films, generation } = store.status();
  const { name, dimensions, precision } = model;
  return {
    name: 'CineMatch',
    version: VERSION,
    model: { name, dimensions, precision },
    movies: films,
    generation,
    attribution: ATTRIBUTION,
  };
}
