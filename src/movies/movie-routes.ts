import type { FeatureModule } from '../http/feature';
import { route } from '../http/route';
import { movieSchema } from '../questions/movie-schema';
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
  return [
    route({
      method: 'get',
      path: '/movies',
      access: 'public',
      needsFilms: true,
      operationId: 'listMovies',
      tag,
      summary: 'List films',
      description: 'Films that pass the filters, sorted, page by page.',
      query: listQuerySchema,
      answer: { description: 'A page of films', schema: moviePageSchema },
      handle: ({ query }) => service.list(query),
    }),
    route({
      method: 'get',
      path: '/movies/suggest',
      access: 'public',
      needsFilms: true,
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
      handle: ({ query }) => service.suggest(query.q, query.k),
    }),
    route({
      method: 'get',
      path: '/movies/{id}',
      access: 'public',
      needsFilms: true,
      operationId: 'getMovie',
      tag,
      summary: 'One film',
      description: 'All that the catalogue has about one film.',
      params: moviePathSchema,
      answer: { description: 'The film', schema: movieSchema },
      problems: [404],
      handle: ({ params }) => service.get(params.id),
    }),
  ];
}
