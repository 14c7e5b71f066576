import type { Answer } from '../../src/store/movie-store';
import { testApp } from '../fixtures/app';

const EXPLANATION = {
  sentence: expect.any(String),
  parts: [{ part: 'words', score: expect.any(Number) }],
  matched_words: expect.any(Array),
  shared_people: expect.any(Array),
  shared_keywords: expect.any(Array),
  shared_genres: expect.any(Array),
};

const FILTERS = {
  year: { min: 1990, max: 2010 },
  rating: { min: 7, max: 9.5 },
  votes: { min: 100, max: 30_000 },
  runtime: { min: 90, max: 200 },
  genres: { any: ['drama', 'Action'], none: ['Comedy'] },
  languages: { any: ['en'] },
  countries: { all: ['US'] },
  directors: { none: ['Michael Mann'] },
  cast: { any: ['Keanu Reeves', 'Kate Winslet'] },
  keywords: { none: ['sequel'] },
};

const FILTER_QUERY = {
  year_min: 1990,
  year_max: 2010,
  rating_min: 7,
  rating_max: 9.5,
  votes_min: 100,
  votes_max: 30_000,
  runtime_min: 90,
  runtime_max: 200,
  genres: 'drama,Action',
  genres_none: 'Comedy',
  languages: 'en',
  countries_all: 'US',
  directors_none: 'Michael Mann',
  cast: ['Keanu Reeves', 'Kate Winslet'],
  keywords_none: 'sequel',
};

interface Hit {
  movie_id: number;
}

const ids = (hits: Hit[]) => hits.map(({ movie_id }) => movie_id);

describe('POST /search with optional fields', () => {
  test('passes each of them to the store with its meaning', async () => {
    const { api, store } = testApp();
    const search = jest.spyOn(store, 'search');
    const exclude = ['Heat (1995)', 604, 'Inception', 604];
    await api
      .post('/search')
      .send({ query: 'x', k: 7, offset: 3, mode: 'lexical', filters: FILTERS, exclude, diversity: 0.4 })
      .expect(200);
    expect(search.mock.calls).toEqual([
      [
        {
          text: 'x',
          limit: 7,
          offset: 3,
          mode: 'lexical',
          filters: { ...FILTERS, exclude: [949, 604, 27205] },
          diversity: 0.4,
        },
      ],
    ]);
  });

  test.each(['hybrid', 'semantic', 'lexical'])('takes the mode %s', async (mode) => {
    const { api, store } = testApp();
    const search = jest.spyOn(store, 'search');
    await api.post('/search').send({ query: 'x', mode }).expect(200);
    expect(search.mock.lastCall?.[0].mode).toBe(mode);
  });

  test('answers only films that pass, and never an excluded one', async () => {
    const { api } = testApp();
    const { body } = await api
      .post('/search')
      .send({ query: 'simulation', filters: { genres: { any: ['Action'] } }, exclude: ['matrix'] })
      .expect(200);
    expect(ids(body).sort()).toEqual([1271, 27205, 604, 754].sort());
  });

  test('skips an excluded film that is not there, and says so', async () => {
    const { api, store } = testApp();
    const search = jest.spyOn(store, 'search');
    const { headers } = await api
      .post('/search')
      .send({ query: 'x', exclude: ['Qwertyuiop'] })
      .expect(200);
    expect(search.mock.lastCall?.[0].filters).toBeUndefined();
    expect(headers['x-unknown-titles']).toBe('["Qwertyuiop"]');
  });

  test('pages through the same order', async () => {
    const { api } = testApp();
    const all = await api.post('/search').send({ query: 'a hacker in dreams', k: 6 }).expect(200);
    const second = await api.post('/search').send({ query: 'a hacker in dreams', k: 3, offset: 3 }).expect(200);
    expect(second.body).toEqual(all.body.slice(3));
  });

  test('offset + k may be 1,000', async () => {
    const { api } = testApp();
    await api.post('/search').send({ query: 'x', k: 100, offset: 900 }).expect(200, []);
  });

  test('an empty include is none', async () => {
    const { api, store } = testApp();
    const search = jest.spyOn(store, 'search');
    const { body } = await api.post('/search').send({ query: 'x', k: 1, include: [] }).expect(200);
    expect(Object.keys(body[0])).toEqual(['movie_id', 'title', 'score']);
    expect(search.mock.lastCall?.[0]).toEqual({ text: 'x', limit: 1 });
  });

  test('details bring the whole film', async () => {
    const { api } = testApp();
    const { body } = await api
      .post('/search')
      .send({ query: 'sinking ship', k: 1, include: ['details'] })
      .expect(200);
    expect(body.total).toBe(10);
    expect(body.results).toHaveLength(1);
    expect(body.results[0]).toEqual({
      movie_id: 597,
      title: 'Titanic',
      score: 1,
      movie: expect.objectContaining({ tmdb_id: 597, runtime: 194, directors: ['James Cameron'] }),
    });
    expect(Object.keys(body)).toEqual(['results', 'total']);
  });

  test('explanations bring why', async () => {
    const { api } = testApp();
    const { body } = await api
      .post('/search')
      .send({ query: 'ship', k: 2, include: ['explanation'] })
      .expect(200);
    expect(body.results[0].explanation).toEqual(EXPLANATION);
    expect(body.results[0]).not.toHaveProperty('movie');
  });

  test('facets count the films that pass the filters', async () => {
    const { api } = testApp();
    const { body } = await api
      .post('/search')
      .send({ query: 'x', k: 1, filters: { year: { max: 1999 } }, include: ['facets'] })
      .expect(200);
    expect(body.total).toBe(5);
    expect(body.facets.genres[0]).toEqual({ value: 'Action', count: 2 });
    expect(body.facets.languages).toEqual([{ value: 'en', count: 3 }]);
  });

  test('the variety that diversity bought is told beside other parts', async () => {
    const { api } = testApp();
    const asked = await api
      .post('/search')
      .send({ query: 'x', diversity: 0.5, include: ['details'] })
      .expect(200);
    expect(asked.body.intra_list_distance).toBe(0.25);
    const plain = await api.post('/search').send({ query: 'x', diversity: 0.5 }).expect(200);
    expect(plain.body).toEqual(expect.any(Array));
  });

  test('diversity 0 is passed on', async () => {
    const { api, store } = testApp();
    const search = jest.spyOn(store, 'search');
    await api.post('/search').send({ query: 'x', diversity: 0 }).expect(200);
    expect(search.mock.lastCall?.[0].diversity).toBe(0);
  });
});

describe('POST /search/batch', () => {
  test('answers each search as it would be alone, in order', async () => {
    const { api } = testApp();
    const queries = [
      { query: 'sinking ship', k: 2 },
      { query: 'dreams', k: 1, include: ['explanation'] },
      { query: 'hacker', exclude: ['matrix'] },
    ];
    const { body } = await api.post('/search/batch').send({ queries }).expect(200);
    const alone = await Promise.all(queries.map((query) => api.post('/search').send(query)));
    expect(body).toEqual({ results: alone.map((response) => response.body) });
  });

  test('asks all of its questions, each once', async () => {
    const { api, store } = testApp();
    const search = jest.spyOn(store, 'search');
    const queries = Array.from({ length: 50 }, (_, index) => ({ query: `film ${index}`, k: 1 }));
    await api.post('/search/batch').send({ queries }).expect(200);
    expect(search.mock.calls.map(([{ text }]) => text)).toEqual(queries.map(({ query }) => query));
  });
});

describe('POST /recommend/vibe with optional fields', () => {
  test('passes them on and keeps the interpreted query', async () => {
    const { api, store } = testApp();
    const search = jest.spyOn(store, 'search');
    const { body } = await api
      .post('/recommend/vibe')
      .send({
        tags: ['Drama'],
        mode: 'semantic',
        filters: FILTERS,
        offset: 1,
        diversity: 1,
        include: ['details', 'facets'],
      })
      .expect(200);
    expect(search.mock.calls).toEqual([
      [
        {
          text: 'Drama Drama',
          tags: ['Drama'],
          mode: 'semantic',
          limit: 10,
          offset: 1,
          filters: FILTERS,
          diversity: 1,
          include: { details: true, facets: true },
        },
      ],
    ]);
    expect(Object.keys(body)).toEqual(['interpreted_query', 'results', 'total', 'facets', 'intra_list_distance']);
  });
});

describe('POST /recommend/user with optional fields', () => {
  test('passes them on', async () => {
    const { api, store } = testApp();
    const recommend = jest.spyOn(store, 'recommend');
    await api
      .post('/recommend/user')
      .send({
        liked_movies: ['Inception'],
        disliked_movies: ['Amelie', 'Qwertyuiop'],
        same_collection: true,
        k: 2,
        offset: 1,
        filters: { languages: { any: ['en'] } },
        exclude: [949],
        diversity: 0.2,
        include: ['explanation'],
      })
      .expect(200);
    expect(recommend.mock.calls).toEqual([
      [
        {
          liked: [27205],
          disliked: [194],
          same_collection: true,
          limit: 2,
          offset: 1,
          filters: { languages: { any: ['en'] }, exclude: [949] },
          diversity: 0.2,
          include: { explanation: true },
        },
      ],
    ]);
  });

  test('works with dislikes alone, which never come back', async () => {
    const { api, store } = testApp();
    const recommend = jest.spyOn(store, 'recommend');
    const { body } = await api
      .post('/recommend/user')
      .send({ liked_movies: [], disliked_movies: ['Heat'] })
      .expect(200);
    expect(recommend.mock.lastCall?.[0]).toEqual({ liked: [], disliked: [949], limit: 10 });
    expect(ids(body)).not.toContain(949);
    await api
      .post('/recommend/user')
      .send({ disliked_movies: ['Heat'] })
      .expect(200, body);
  });

  test('is 404 where no liked film is known, whatever is disliked', async () => {
    const { api } = testApp();
    await api
      .post('/recommend/user')
      .send({ liked_movies: ['Qwertyuiop'], disliked_movies: ['Heat'] })
      .expect(404);
    await api
      .post('/recommend/user')
      .send({ disliked_movies: ['Qwertyuiop'] })
      .expect(404);
  });

  test('leaves out films of the same collection unless asked', async () => {
    const { api } = testApp();
    const without = await api
      .post('/recommend/user')
      .send({ liked_movies: [603] })
      .expect(200);
    expect(ids(without.body)).not.toContain(604);
    const wanted = await api
      .post('/recommend/user')
      .send({ liked_movies: [603], same_collection: true })
      .expect(200);
    expect(ids(wanted.body)).toContain(604);
  });

  test('tells what the titles were taken for, on request', async () => {
    const { api, store } = testApp();
    const recommend = jest.spyOn(store, 'recommend');
    const { body } = await api
      .post('/recommend/user')
      .send({ liked_movies: ['matrx', 27205, 'Qwertyuiop'], exclude: ['heat 7 xyz'], include: ['resolution'] })
      .expect(200);
    expect(body.resolution.found).toEqual([
      { reference: 'matrx', movie_id: 603, title: 'The Matrix', year: 1999 },
      { reference: 27205, movie_id: 27205, title: 'Inception', year: 2010 },
    ]);
    expect(body.resolution.unknown.map(({ reference }: { reference: string }) => reference)).toEqual([
      'Qwertyuiop',
      'heat 7 xyz',
    ]);
    expect(body.resolution.unknown[0].suggestions.length).toBeGreaterThan(0);
    expect(recommend.mock.lastCall?.[0].include).toBeUndefined();
  });

  test('names the liked film that brought a hit', async () => {
    const { api, store } = testApp();
    const explanation = {
      sentence: 'Because you liked Inception.',
      parts: [{ part: 'meaning' as const, score: 0.5 }],
      because_of: 27205,
      matched_words: [],
      shared_people: ['Leonardo DiCaprio'],
      shared_keywords: [],
      shared_genres: [],
    };
    const answer: Answer = { hits: [{ id: 597, title: 'Titanic', score: 0.5, explanation }], total: 1 };
    jest.spyOn(store, 'recommend').mockResolvedValue(answer);
    const { body } = await api
      .post('/recommend/user')
      .send({ liked_movies: [27205], include: ['explanation'] })
      .expect(200);
    expect(body.results[0].explanation).toEqual({
      sentence: 'Because you liked Inception.',
      parts: [{ part: 'meaning' as const, score: 0.5 }],
      because_of: 27205,
      matched_words: [],
      shared_people: ['Leonardo DiCaprio'],
      shared_keywords: [],
      shared_genres: [],
    });
  });
});

describe('GET /recommend/movie/{title} with optional parameters', () => {
  test('passes them on', async () => {
    const { api, store } = testApp();
    const recommend = jest.spyOn(store, 'recommend');
    await api
      .get('/recommend/movie/Inception')
      .query({
        ...FILTER_QUERY,
        k: 3,
        offset: 2,
        diversity: 0.5,
        same_collection: 'false',
        include: 'details,explanation',
      })
      .expect(200);
    expect(recommend.mock.calls).toEqual([
      [
        {
          liked: [27205],
          limit: 3,
          offset: 2,
          filters: FILTERS,
          diversity: 0.5,
          same_collection: false,
          include: { details: true, explanation: true },
        },
      ],
    ]);
  });

  test.each([
    ['exclude=949,603', [949, 603]],
    ['exclude=Heat&exclude=The%20Matrix', [949, 603]],
    ['exclude=300', [1271]],
  ])('%s', async (query, exclude) => {
    const { api, store } = testApp();
    const recommend = jest.spyOn(store, 'recommend');
    await api.get(`/recommend/movie/Inception?${query}`).expect(200);
    expect(recommend.mock.lastCall?.[0].filters).toEqual({ exclude });
  });

  test('answers an object with the parts asked for', async () => {
    const { api } = testApp();
    const { body } = await api.get('/recommend/movie/matrx?k=1&include=resolution&include=facets').expect(200);
    expect(Object.keys(body)).toEqual(['results', 'total', 'facets', 'resolution']);
    expect(body.resolution).toEqual({
      found: [{ reference: 'matrx', movie_id: 603, title: 'The Matrix', year: 1999 }],
      unknown: [],
    });
  });
});
