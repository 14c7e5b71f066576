import type { FeatureModule } from '../http/feature';
import { feature, route } from '../http/route';
import { movieSchema } from '../questions/movie-schema';
import { requireFilms } from '../questions/require-films';
import type { MovieStore } from '../store/movie-store';
import {
  listQuerySchema,
  moviePageSchema,
  moviePathSchema,
  suggestionsSchema,
  suggestQuerySchema,
} from './movie-schemas';
import { MovieService } from './movie-service';

const tag = 'Movies';

/** `GET /movies`, `/movies/suggest` and `/movies/{id}`. */
export function createMovieRoutes(store: MovieStore): FeatureModule {
  const service = new MovieService(store);
  const before = [requireFilms(store)];
  return feature(
    route({
      method: 'get',
      path: '/movies',
      operationId: 'listMovies',
      tag,
      summary: 'List films',
      description: 'Films that pass the filters, sorted, page by page.',
      query: listQuerySchema,
      answer: { description: 'A page of films', schema: moviePageSchema },
      problems: [503],
      before,
      handle: ({ query }) => service.list(query),
    }),
    route({
      method: 'get',
      path: '/movies/suggest',
      operationId: 'suggestTitles',
      tag,
      summary: 'Complete a title',
      description: 'Films whose title begins as typed so far, for type-ahead.',
      query: suggestQuerySchema,
      answer: {
        description: 'Films, the likeliest first',
        schema: suggestionsSchema,
        example: [{ movie_id: 597, title: 'Titanic', year: 1997 }],
      },
      problems: [503],
      before,
      handle: ({ query }) => service.suggest(query.q, query.k),
    }),
    route({
      method: 'get',
      path: '/movies/{id}',
      operationId: 'getMovie',
      tag,
      summary: 'One film',
      description: 'All that the catalogue has about one film.',
      params: moviePathSchema,
      answer: { description: 'The film', schema: movieSchema },
      problems: [404, 503],
      before,
      handle: ({ params }) => service.get(params.id),
    }),
  );
}
