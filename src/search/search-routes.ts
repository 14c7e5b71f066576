import type { FeatureModule } from '../http/feature';
import { route } from '../http/route';
import { answerSchema } from '../questions/answers';
import { reported, unknownTitlesHeaders } from '../questions/unknown-titles';
import type { MovieStore } from '../store/movie-store';
import { batchAnswerSchema, batchBodySchema, searchBodySchema } from './search-schemas';
import { SearchService } from './search-service';

const tag = 'Search';
const query = 'A romantic movie about a sinking ship';
const EXAMPLES = {
  plain: { summary: 'A question', value: { query, k: 5 } },
  extended: {
    summary: 'Filters and explanations',
    value: {
      query,
      k: 5,
      mode: 'hybrid',
      filters: { year: { min: 1990, max: 1999 }, genres: { any: ['Drama', 'Romance'], none: ['Horror'] } },
      exclude: [9619],
      diversity: 0.3,
      include: ['details', 'explanation', 'facets'],
    },
  },
};

/** `POST /search` and `POST /search/batch`. */
export function createSearchRoutes(store: MovieStore): FeatureModule {
  const service = new SearchService(store);
  return [
    route({
      method: 'post',
      path: '/search',
      access: 'public',
      needsFilms: true,
      operationId: 'search',
      tag,
      summary: 'Search films in words',
      description: 'Finds films by what is remembered of them: plot, mood, people, title, in any mixture.',
      body: searchBodySchema,
      bodyExamples: EXAMPLES,
      answer: {
        description: 'The films, best first; an object with parts where `include` asks for any',
        schema: answerSchema,
        example: [{ movie_id: 597, title: 'Titanic', score: 0.856 }],
        headers: unknownTitlesHeaders,
      },
      handle: async ({ body, response }) => reported(response, await service.search(body)),
    }),
    route({
      method: 'post',
      path: '/search/batch',
      access: 'public',
      needsFilms: true,
      operationId: 'searchBatch',
      tag,
      summary: 'Many searches in one call',
      description: 'Up to 50 bodies of `POST /search`, embedded in parallel; one wrong body refuses them all.',
      body: batchBodySchema,
      bodyExamples: {
        two: { summary: 'Two questions', value: { queries: [{ query, k: 3 }, { query: 'a heist inside dreams' }] } },
      },
      answer: {
        description: 'The answers, in the order of the searches',
        schema: batchAnswerSchema,
        example: {
          results: [
            [{ movie_id: 597, title: 'Titanic', score: 0.856 }],
            [{ movie_id: 27205, title: 'Inception', score: 0.81 }],
          ],
        },
        headers: unknownTitlesHeaders,
      },
      handle: async ({ body, response }) => reported(response, await service.batch(body.queries)),
    }),
  ];
}
