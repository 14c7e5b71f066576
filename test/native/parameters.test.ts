import type request from 'supertest';
import { openEmbeddedStores } from '../../src/store/embedded-store';
import type { Movie } from '../../src/store/movie-store';
import type { Stores } from '../../src/store/stores';
import { testApp } from '../fixtures/app';
import { engineOptions, removeTemporaryDirs, STARTER_MOVIES, temporaryDir } from './engine-files';

/** The bundled films, most of them with votes and a collection, which they lack. */
const MOVIES: Movie[] = STARTER_MOVIES.map((movie) => ({
  ...movie,
  ...(movie.tmdb_id % 7 !== 0 && { vote_average: (movie.tmdb_id % 101) / 10, vote_count: movie.tmdb_id % 5_000 }),
  ...(movie.genres.includes('Western') && { collection: 'All the Westerns' }),
}));

interface Hit {
  movie_id: number;
  score: number;
}

const QUESTION = 'a man tries to save his family';
const ids = (hits: Hit[]) => hits.map(({ movie_id }) => movie_id);
const byId = new Map(MOVIES.map((movie) => [movie.tmdb_id, movie]));
const filmOf = ({ movie_id }: Hit) => byId.get(movie_id) as Movie;
const sorted = (numbers: number[]) => [...numbers].sort((a, b) => a - b);

let stores: Stores;
let api: ReturnType<typeof request>;

beforeAll(async () => {
  stores = openEmbeddedStores(engineOptions(temporaryDir()));
  await stores.movies.upsert(MOVIES);
  ({ api } = testApp({ store: stores.movies }));
});

afterAll(async () => {
  await stores?.close();
  removeTemporaryDirs();
});

async function post(path: string, body: object) {
  return (await api.post(path).send(body).expect(200)).body;
}

/** The films of an answer; that of a vibe says its question, too. */
async function found(path: string, body: object): Promise<Hit[]> {
  const answer = await post(path, body);
  return Array.isArray(answer) ? answer : answer.results;
}

/** All films that a question reaches, by pages of 100. */
async function all(path: string, body: object): Promise<Hit[]> {
  const hits: Hit[] = [];
  for (let offset = 0; offset < MOVIES.length; offset += 100)
    hits.push(...(await found(path, { ...body, k: 100, offset })));
  return hits;
}

describe('filters', () => {
  const has = (list: readonly string[], ...names: string[]) => names.map((name) => list.includes(name));
  const within = (value: number | undefined, min: number, max: number) =>
    value !== undefined && value >= min && value <= max;

  test.each<[string, object, (movie: Movie) => boolean]>([
    ['any', { genres: { any: ['War', 'Western'] } }, ({ genres }) => has(genres, 'War', 'Western').some(Boolean)],
    ['all', { genres: { all: ['Drama', 'Romance'] } }, ({ genres }) => has(genres, 'Drama', 'Romance').every(Boolean)],
    ['none', { genres: { none: ['Drama', 'Comedy'] } }, ({ genres }) => !has(genres, 'Drama', 'Comedy').some(Boolean)],
    [
      'any, all and none together',
      { genres: { any: ['Crime', 'Horror'], all: ['Thriller'], none: ['Mystery'] } },
      ({ genres }) =>
        has(genres, 'Crime', 'Horror').some(Boolean) && has(genres, 'Thriller', 'Mystery').join() === 'true,false',
    ],
    [
      'two fields together',
      { countries: { any: ['FR'] }, languages: { none: ['fr'] } },
      (movie) => (movie.countries ?? []).includes('FR') && movie.original_language !== 'fr',
    ],
    ['a year as both ends', { year: { min: 1968, max: 1968 } }, ({ year }) => year === 1968],
    ['a mean vote at its ends', { rating: { min: 2.5, max: 7.5 } }, (movie) => within(movie.vote_average, 2.5, 7.5)],
    ['votes from 0, which needs votes', { votes: { min: 0 } }, ({ vote_count }) => vote_count !== undefined],
    ['minutes up to an end', { runtime: { max: 90 } }, ({ runtime }) => within(runtime, 0, 90)],
    [
      'genres by other names',
      { genres: { any: ['sci-fi'], none: ['animated'] } },
      ({ genres }) => has(genres, 'Science Fiction', 'Animation').join() === 'true,false',
    ],
    [
      'a genre name of two genres',
      { genres: { any: ['romcom'] } },
      ({ genres }) => has(genres, 'Romance', 'Comedy').every(Boolean),
    ],
    ['a language by its name', { languages: { any: ['JAPANESE'] } }, (movie) => movie.original_language === 'ja'],
    ['a language by its code', { languages: { any: ['Ja'] } }, (movie) => movie.original_language === 'ja'],
    [
      'a country by its name',
      { countries: { none: ['united states'] } },
      (movie) => !(movie.countries ?? []).includes('US'),
    ],
  ])('%s: every film that passes, and no other', async (_, filters, passes) => {
    const expected = sorted(MOVIES.filter(passes).map(({ tmdb_id }) => tmdb_id));
    expect(expected.length).toBeGreaterThan(0);
    expect(expected.length).toBeLessThan(MOVIES.length);
    for (const [path, body] of [
      ['/search', { query: QUESTION, filters }],
      ['/search', { query: QUESTION, mode: 'semantic', filters }],
      ['/recommend/vibe', { description: QUESTION, filters }],
      ['/recommend/user', { disliked_movies: [775], filters }],
    ] as const) {
      const hits = await all(path, body);
      const named = path === '/recommend/user' ? [775] : [];
      expect(sorted(ids(hits))).toEqual(expected.filter((id) => !named.includes(id)));
    }
  });

  test('of a query string mean what those of a body mean', async () => {
    const flat = { genres: 'Drama,sci-fi', countries_none: 'US', year_min: 1950, year_max: 1999, k: 100 };
    const filters = {
      genres: { any: ['Drama', 'sci-fi'] },
      countries: { none: ['US'] },
      year: { min: 1950, max: 1999 },
    };
    const { body } = await api.get('/recommend/movie/Metropolis').query(flat).expect(200);
    expect(body.length).toBeGreaterThan(10);
    expect(body).toEqual(await post('/recommend/user', { liked_movies: ['Metropolis'], filters, k: 100 }));
  });

  test('name what is known where a genre is not', async () => {
    const { body } = await api
      .post('/search')
      .send({ query: QUESTION, filters: { genres: { any: ['scifi', 'pixar'] } } });
    expect(body).toMatchObject({ status: 422, code: 'unknown_value' });
    expect(body.errors[0]).toMatchObject({ pointer: '/filters/genres', message: expect.stringContaining('pixar') });
    expect(body.errors[0].known).toContain('Science Fiction');
  });
});

describe('exclude', () => {
  test.each([
    ['/search', { query: QUESTION }],
    ['/recommend/vibe', { tags: ['family'] }],
    ['/recommend/user', { liked_movies: ['Alien', 'Jaws'] }],
  ])('%s: takes films out, by id or title, and leaves the others in their order', async (path, body) => {
    const [first, second, ...others]: Hit[] = await found(path, { ...body, k: 12 });
    const { title } = filmOf(second as Hit);
    const without = await found(path, { ...body, k: 10, exclude: [first?.movie_id, title] });
    expect(ids(without)).toEqual(ids(others));
  });
});

describe('offset and k', () => {
  test.each([
    ['/search', { query: QUESTION }],
    ['/search', { query: QUESTION, mode: 'semantic' }],
    ['/search', { query: QUESTION, diversity: 0.6 }],
    ['/recommend/vibe', { tags: ['family'] }],
    ['/recommend/user', { liked_movies: ['Alien'], disliked_movies: ['Jaws'] }],
  ])('%s %j: pages of any size are the long list', async (path, body) => {
    const list: Hit[] = await found(path, { ...body, k: 60 });
    expect(new Set(ids(list)).size).toBe(60);
    for (const k of [7, 25]) {
      const pages: Hit[] = [];
      for (let offset = 0; offset < 60; offset += k) pages.push(...(await found(path, { ...body, k, offset })));
      expect(pages.slice(0, 60)).toEqual(list);
    }
  });
});

describe('diversity', () => {
  test.each([
    ['/search', { query: 'soldiers in a war' }],
    ['/recommend/user', { liked_movies: ['Alien', 'Aliens'] }],
  ])('%s: the more, the further apart the films are', async (path, body) => {
    const distances: number[] = [];
    for (const diversity of [0.05, 0.4, 0.9]) {
      const answer = await post(path, { ...body, diversity, include: ['facets'] });
      distances.push(answer.intra_list_distance);
    }
    expect(distances).toEqual(sorted(distances));
    expect(distances[2]).toBeGreaterThan((distances[0] as number) + 0.02);
    expect(distances[2]).toBeLessThanOrEqual(2);
    const plain = await post(path, { ...body, include: ['facets'] });
    expect(plain).not.toHaveProperty('intra_list_distance');
    expect((await post(path, { ...body, diversity: 0 })) as Hit[]).toEqual(await post(path, body));
  });
});

describe('include', () => {
  test.each([
    [['details'], ['movie'], []],
    [['explanation'], ['explanation'], []],
    [['facets'], [], ['facets']],
    [['details', 'facets'], ['movie'], ['facets']],
  ])('%j adds those parts and no other', async (include, ofHit, ofAnswer) => {
    const answer = await post('/search', { query: QUESTION, include, filters: { genres: { any: ['War'] } } });
    expect(Object.keys(answer).sort()).toEqual(['results', 'total', ...ofAnswer].sort());
    expect(answer.total).toBe(MOVIES.filter(({ genres }) => genres.includes('War')).length);
    for (const hit of answer.results)
      expect(Object.keys(hit).sort()).toEqual(['movie_id', 'title', 'score', ...ofHit].sort());
  });

  test('facets count the films that pass, not the page', async () => {
    const { facets } = await post('/search', {
      query: QUESTION,
      k: 1,
      include: ['facets'],
      filters: { year: { min: 2000 } },
    });
    const passing = MOVIES.filter(({ year }) => (year ?? 0) >= 2000);
    const drama = passing.filter(({ genres }) => genres.includes('Drama')).length;
    expect(facets.genres).toContainEqual({ value: 'Drama', count: drama });
  });

  test('the parts of a score add up to it', async () => {
    const { results } = await post('/search', { query: '80s horror in a hotel', include: ['explanation'] });
    for (const { score, explanation } of results) {
      const sum = explanation.parts.reduce((total: number, part: { score: number }) => total + part.score, 0);
      expect(sum).toBeCloseTo(score, 3);
    }
  });
});

describe('mode', () => {
  test('lexical finds films with the words alone, semantic others too, and their scores differ', async () => {
    const query = 'submarine crew';
    const lexical: Hit[] = await post('/search', { query, mode: 'lexical', k: 100 });
    const text = (movie: Movie) => JSON.stringify(movie).toLowerCase();
    expect(lexical.length).toBeGreaterThan(1);
    for (const hit of lexical) expect(text(filmOf(hit))).toMatch(/submarin|crew/);
    const semantic: Hit[] = await post('/search', { query, mode: 'semantic', k: 100 });
    expect(semantic).toHaveLength(100);
    expect(semantic.some((hit) => !/submarin|crew/.test(text(filmOf(hit))))).toBe(true);
    expect(semantic[0]?.score).not.toBe(lexical[0]?.score);
  });
});

describe('recommendations', () => {
  test('a dislike moves films that are nearer to it than to every liked film back', async () => {
    const liked_movies = ['Alien', 'The Shining'];
    const place = async (disliked_movies: string[]) => {
      const hits = await all('/recommend/user', { liked_movies, disliked_movies, same_collection: true });
      return hits.map((hit) => filmOf(hit).title).indexOf('Mad Max 2');
    };
    expect(await place(['Mad Max'])).toBeGreaterThan(await place([]));
  });

  test('a collection stays out unless asked for', async () => {
    const westerns = MOVIES.filter(({ collection }) => collection).map(({ tmdb_id }) => tmdb_id);
    const [liked, ...others] = westerns as [number, ...number[]];
    const siblings = async (same_collection: boolean) =>
      ids(await all('/recommend/user', { liked_movies: [liked], same_collection })).filter((id) => others.includes(id));
    expect(await siblings(false)).toEqual([]);
    expect(sorted(await siblings(true))).toEqual(sorted(others));
  });

  test('what three likes and a dislike have in common stays', async () => {
    const liked_movies = ['The Terminator', 'Alien', 'Blade Runner'];
    const scienceFiction = async (disliked_movies: string[]) => {
      const hits: Hit[] = await post('/recommend/user', { liked_movies, disliked_movies, k: 10 });
      return hits.filter((hit) => filmOf(hit).genres.includes('Science Fiction')).length;
    };
    expect(await scienceFiction([])).toBeGreaterThanOrEqual(8);
    expect(await scienceFiction(['Mad Max: Fury Road'])).toBeGreaterThanOrEqual(8);
  });

  test('a series without a collection stays out of what several likes bring where it is said so', async () => {
    const liked_movies = ['Mad Max', 'Alien'];
    const sequels = async (same_collection?: boolean) => {
      const hits = await all('/recommend/user', { liked_movies, same_collection });
      return hits.map(filmOf).filter(({ title }) => title.startsWith('Mad Max')).length;
    };
    expect([await sequels(false), await sequels(), await sequels(true)]).toEqual([0, 2, 2]);
  });

  test('a batch answers each search as it would be alone', async () => {
    const queries = [
      { query: 'a heist', k: 3 },
      { query: 'a heist', k: 3, offset: 3, mode: 'semantic' },
      { query: 'a ghost', k: 5, filters: { year: { max: 1960 } }, include: ['explanation'] },
    ];
    const alone = await Promise.all(queries.map((query) => post('/search', query)));
    expect((await post('/search/batch', { queries })).results).toEqual(alone);
  });
});
