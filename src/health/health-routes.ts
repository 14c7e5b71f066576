import type { FeatureModule } from '../http/feature';
import { route } from '../http/route';
import type { MovieStore } from '../store/movie-store';
import { ATTRIBUTION, VERSION } from '../version';
import { type About, aboutSchema, liveSchema, readySchema, statusSchema } from './health-schemas';

const tag = 'Service';

/** `GET /`, `/about`, `/health/live` and `/health/ready`. */
export function createHealthRoutes(store: Pick<MovieStore, 'status' | 'isEmpty'>): FeatureModule {
  return [
    route({
      method: 'get',
      path: '/',
      access: 'public',
      operationId: 'getStatus',
      tag,
      summary: 'Whether the service is up and has films',
      answer: { description: 'The service is up', schema: statusSchema },
      handle: () => ({
        status: 'online and active!!!' as const,
        model_loaded: !store.isEmpty(),
      }),
    }),
    route({
      method: 'get',
      path: '/about',
      access: 'public',
      operationId: 'getAbout',
      tag,
      summary: 'Version, model and sources',
      answer: { description: 'What this service is', schema: aboutSchema },
      handle: () => about(store),
    }),
    route({
      method: 'get',
      path: '/health/live',
      access: 'public',
      operationId: 'getLive',
      tag,
      summary: 'Liveness probe',
      description: 'Answers while the process serves requests at all.',
      answer: { description: 'The process is alive', schema: liveSchema },
      handle: () => ({ status: 'live' as const }),
    }),
    route({
      method: 'get',
      path: '/health/ready',
      access: 'public',
      needsFilms: true,
      operationId: 'getReady',
      tag,
      summary: 'Readiness probe',
      description: 'Answers 200 once searches can be answered, 503 while no film is indexed.',
      answer: { description: 'Searches are answered', schema: readySchema },
      handle: () => {
        const { films, pending } = store.status();
        return { status: 'ready' as const, movies: films, pending_reembedding: pending };
      },
    }),
  ];
}

function about(store: Pick<MovieStore, 'status'>): About {
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
