import type { FeatureModule } from '../http/feature';
import { route } from '../http/route';
import { reported, unknownTitlesHeaders } from '../questions/unknown-titles';
import type { MovieStore } from '../store/movie-store';
import {
  recommendationAnswerSchema,
  similarPathSchema,
  similarQuerySchema,
  userBodySchema,
  vibeAnswerSchema,
  vibeBodySchema,
} from './recommendation-schemas';
import { RecommendationService } from './recommendation-service';
import { VibeService } from './vibe-service';

const tag = 'Recommendations';
const hits = [{ movie_id: 157336, title: 'Interstellar', score: 0.891 }];

/** `POST /recommend/vibe`, `POST /recommend/user` and `GET /recommend/movie/{title}`. */
export function createRecommendationRoutes(store: MovieStore): FeatureModule {
  const service = new RecommendationService(store);
  return [vibeRoute(store), userRoute(service), similarRoute(service)];
}

function vibeRoute(store: MovieStore) {
  const service = new VibeService(store);
  const tags = ['Sci-Fi', 'Action', 'Space'];
  const description = 'Robots fighting in space with stunning visuals';
  return route({
    method: 'post',
    path: '/recommend/vibe',
    access: 'public',
    needsFilms: true,
    operationId: 'recommendByVibe',
    tag,
    summary: 'Films by tags and a description',
    description: 'Needs a tag or a description. A tag that is a genre or keyword of the catalogue counts as such.',
    body: vibeBodySchema,
    bodyExamples: {
      plain: { summary: 'Tags and a description', value: { tags, description, k: 10 } },
      extended: {
        summary: 'Filters and explanations',
        value: {
          tags,
          k: 10,
          mode: 'hybrid',
          filters: { rating: { min: 7 } },
          diversity: 0.5,
          include: ['explanation'],
        },
      },
    },
    answer: {
      description: 'The films, best first, and the query that the tags and the description make',
      schema: vibeAnswerSchema,
      example: { interpreted_query: `${tags.join(' ')} ${tags.join(' ')} ${description}`, results: hits },
      headers: unknownTitlesHeaders,
    },
    handle: async ({ body, response }) => reported(response, await service.recommend(body)),
  });
}

/** What the two routes that begin with films have in common. */
const FROM_FILMS = {
  answer: {
    description: 'The films, best first; an object with parts where `include` asks for any',
    schema: recommendationAnswerSchema,
    example: hits,
    headers: unknownTitlesHeaders,
  },
  problems: [404],
};

function userRoute(service: RecommendationService) {
  return route({
    method: 'post',
    path: '/recommend/user',
    access: 'public',
    needsFilms: true,
    operationId: 'recommendForUser',
    tag,
    summary: "Films for a person's taste",
    description:
      'From films liked and disliked. Films that the catalogue does not have are skipped while one is known, and named in the ' +
      '`X-Unknown-Titles` header; where none is known the answer is 404 with the nearest titles.',
    body: userBodySchema,
    bodyExamples: {
      plain: { summary: 'Likes', value: { liked_movies: ['The Matrix', 'Inception', 'Interstellar'], k: 5 } },
      extended: {
        summary: 'Dislikes, filters, what the titles were taken for',
        value: {
          liked_movies: ['matrix', 27205],
          disliked_movies: ['Cats (2019)'],
          same_collection: false,
          filters: { votes: { min: 1000 } },
          include: ['explanation', 'resolution'],
        },
      },
    },
    ...FROM_FILMS,
    handle: async ({ body, response }) => reported(response, await service.forUser(body)),
  });
}

function similarRoute(service: RecommendationService) {
  return route({
    method: 'get',
    path: '/recommend/movie/{title}',
    access: 'public',
    needsFilms: true,
    operationId: 'recommendSimilar',
    tag,
    summary: 'Films like one film',
    description:
      'The film is named by title or TMDB id; an unknown one is 404 with the nearest titles as `suggestions`.',
    params: similarPathSchema,
    query: similarQuerySchema,
    ...FROM_FILMS,
    handle: async ({ params, query, response }) => reported(response, await service.similar(params.title, query)),
  });
}
