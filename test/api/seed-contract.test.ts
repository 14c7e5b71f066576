import { FakeMovieStore } from '../fake-store/fake-movie-store';
import { testApp } from '../fixtures/app';

const HIT = { movie_id: expect.any(Number), title: expect.any(String), score: expect.any(Number) };

function ids(body: { movie_id: number }[]): number[] {
  return body.map(({ movie_id }) => movie_id);
}

describe('GET /', () => {
  test('says that films are there', async () => {
    const { api } = testApp();
    const response = await api.get('/').expect(200);
    expect(response.text).toBe('{"status":"online and active!!!","model_loaded":true}');
  });

  test('says that no film is indexed', async () => {
    const { api } = testApp({ store: new FakeMovieStore() });
    await api.get('/').expect(200, { status: 'online and active!!!', model_loaded: false });
  });
});

describe('POST /search', () => {
  test('answers a list of id, title and score, and nothing else', async () => {
    const { api } = testApp();
    const { body } = await api
      .post('/search')
      .send({ query: 'A romantic movie about a sinking ship', k: 2 })
      .expect(200);
    expect(body).toEqual([HIT, HIT]);
    expect(body[0]).toMatchObject({ movie_id: 597, title: 'Titanic' });
    expect(Object.keys(body[0])).toEqual(['movie_id', 'title', 'score']);
    expect(body[0].score).toBeGreaterThan(body[1].score);
  });

  test('passes nothing but the text and ten hits where nothing else is asked for', async () => {
    const { api, store } = testApp();
    const search = jest.spyOn(store, 'search');
    const { body } = await api.post('/search').send({ query: '  heist  ' }).expect(200);
    expect(search.mock.calls).toEqual([[{ text: 'heist', limit: 10 }]]);
    expect(body).toHaveLength(10);
  });

  test.each([1, 100])('takes k = %i', async (k) => {
    const { api, store } = testApp();
    const search = jest.spyOn(store, 'search');
    await api.post('/search').send({ query: 'x', k }).expect(200);
    expect(search.mock.lastCall?.[0].limit).toBe(k);
  });

  test('takes 2,000 characters, counted as people count them', async () => {
    const { api } = testApp();
    await api
      .post('/search')
      .send({ query: '🎬'.repeat(2_000) })
      .expect(200);
    await api
      .post('/search')
      .send({ query: '🎬'.repeat(2_001) })
      .expect(422);
  });

  test('takes line breaks and tabs', async () => {
    const { api } = testApp();
    await api.post('/search').send({ query: 'a ship\r\nthat\tsinks' }).expect(200);
  });

  test('rounds scores to what a 32-bit float can tell', async () => {
    const { api, store } = testApp();
    jest.spyOn(store, 'search').mockResolvedValue({ hits: [{ id: 1, title: 'A', score: Math.fround(0.1) }], total: 1 });
    await api
      .post('/search')
      .send({ query: 'x' })
      .expect(200, [{ movie_id: 1, title: 'A', score: 0.1 }]);
  });
});

describe('POST /recommend/vibe', () => {
  test('reads the tags twice, then the description', async () => {
    const { api, store } = testApp();
    const search = jest.spyOn(store, 'search');
    const tags = ['Sci-Fi', 'Action', 'Space'];
    const description = 'Robots fighting in space with stunning visuals';
    const { body } = await api.post('/recommend/vibe').send({ tags, description, k: 3 }).expect(200);
    expect(Object.keys(body)).toEqual(['interpreted_query', 'results']);
    expect(body.interpreted_query).toBe(
      'Sci-Fi Action Space Sci-Fi Action Space Robots fighting in space with stunning visuals',
    );
    expect(body.results).toEqual([HIT, HIT, HIT]);
    expect(search.mock.calls).toEqual([[{ text: body.interpreted_query, tags, limit: 3 }]]);
  });

  test.each([
    [{ tags: ['a', 'b'] }, 'a b a b'],
    [{ tags: ['a'], description: '' }, 'a a'],
    [{ tags: ['a'], description: '   ' }, 'a a'],
    [{ tags: [], description: 'only this' }, 'only this'],
    [{ description: ' only this ' }, 'only this'],
    [{ tags: [' a '], description: 'b' }, 'a a b'],
  ])('%j is read as "%s"', async (request, interpreted) => {
    const { api } = testApp();
    const { body } = await api.post('/recommend/vibe').send(request).expect(200);
    expect(body.interpreted_query).toBe(interpreted);
  });

  test('takes 32 tags', async () => {
    const { api } = testApp();
    await api
      .post('/recommend/vibe')
      .send({ tags: Array(32).fill('space') })
      .expect(200);
  });
});

describe('POST /recommend/user', () => {
  test('answers the seed list without the liked films', async () => {
    const { api, store } = testApp();
    const recommend = jest.spyOn(store, 'recommend');
    const { body } = await api
      .post('/recommend/user')
      .send({ liked_movies: ['The Matrix', 'Inception'], k: 5 })
      .expect(200);
    expect(body).toEqual(Array(5).fill(HIT));
    expect(ids(body)).not.toEqual(expect.arrayContaining([603]));
    expect(ids(body)).not.toEqual(expect.arrayContaining([27205]));
    expect(recommend.mock.calls).toEqual([[{ liked: [603, 27205], limit: 5 }]]);
  });

  test('takes titles as people type them, and ids, each film once and in order', async () => {
    const { api, store } = testApp();
    const recommend = jest.spyOn(store, 'recommend');
    const liked_movies = ['amelie', 603, 'matrix', 'HEAT (1986)', "Le fabuleux destin d'Amelie Poulain"];
    await api.post('/recommend/user').send({ liked_movies }).expect(200);
    expect(recommend.mock.lastCall?.[0].liked).toEqual([194, 603, 28466]);
  });

  test('skips unknown films while one is known, and names them in a header that scripts may read', async () => {
    const { api, store } = testApp();
    const recommend = jest.spyOn(store, 'recommend');
    const response = await api
      .post('/recommend/user')
      .send({ liked_movies: ['Qwertyé\n"x"', 'Inception', 999_999] })
      .expect(200);
    expect(recommend.mock.lastCall?.[0].liked).toEqual([27205]);
    expect(response.headers['x-unknown-titles']).toMatch(/^[\x20-\x7e]+$/);
    expect(JSON.parse(response.headers['x-unknown-titles'] as string)).toEqual(['Qwertyé\n"x"', 999_999]);
    expect(response.headers['access-control-expose-headers']).toContain('X-Unknown-Titles');
    expect(response.body).toEqual(expect.arrayContaining([HIT]));
  });

  test('keeps the header short whatever is asked', async () => {
    const { api } = testApp();
    const liked_movies = ['Inception', ...Array.from({ length: 99 }, (_, index) => `${index}${'é'.repeat(290)}`)];
    const { headers } = await api.post('/recommend/user').send({ liked_movies }).expect(200);
    expect((headers['x-unknown-titles'] as string).length).toBeLessThanOrEqual(4_000);
    expect(JSON.parse(headers['x-unknown-titles'] as string)).toEqual(liked_movies.slice(1, 3));
  });

  test('has no such header where all are known', async () => {
    const { api } = testApp();
    const { headers } = await api
      .post('/recommend/user')
      .send({ liked_movies: ['Inception'] })
      .expect(200);
    expect(headers).not.toHaveProperty('x-unknown-titles');
  });

  test('is 404 with suggestions where none is known', async () => {
    const { api } = testApp();
    const { body } = await api
      .post('/recommend/user')
      .send({ liked_movies: ['Inceptipqrst', 'Zzzzzzzzz'] })
      .expect(404);
    expect(body).toMatchObject({ code: 'film_not_found', status: 404, detail: expect.stringContaining('2 films') });
    expect(body.unknown.map(({ reference }: { reference: string }) => reference)).toEqual([
      'Inceptipqrst',
      'Zzzzzzzzz',
    ]);
    expect(body.unknown[0].suggestions[0]).toEqual({ movie_id: 27205, title: 'Inception', year: 2010 });
  });
});

describe('GET /recommend/movie/{title}', () => {
  test('answers the seed list without the film itself', async () => {
    const { api, store } = testApp();
    const recommend = jest.spyOn(store, 'recommend');
    const { body } = await api.get('/recommend/movie/Inception').expect(200);
    expect(body.length).toBeGreaterThan(0);
    for (const hit of body) expect(hit).toEqual(HIT);
    expect(ids(body)).not.toContain(27205);
    expect(recommend.mock.calls).toEqual([[{ liked: [27205], limit: 10 }]]);
  });

  test.each([
    ['The%20Matrix', 603],
    ['matrix', 603],
    ['matrx', 603],
    ['Heat', 949],
    ['Heat%20(1986)', 28466],
    ['Face%2FOff', 754],
    ['am%C3%A9lie', 194],
    ['La%20science%20des%20reves', 300],
    ['603', 603],
    ['300', 1271],
    ['754/', 754],
  ])('%s is the film %i', async (title, id) => {
    const { api, store } = testApp();
    const recommend = jest.spyOn(store, 'recommend');
    await api.get(`/recommend/movie/${title}`).query({ k: 3 }).expect(200);
    expect(recommend.mock.lastCall?.[0]).toEqual({ liked: [id], limit: 3 });
  });

  test.each(['Titanik 7 the unknown', '424242', 'itan'])('%s is 404 with the nearest titles', async (title) => {
    const { api } = testApp();
    const response = await api.get(`/recommend/movie/${encodeURIComponent(title)}`).expect(404);
    expect(response.type).toBe('application/problem+json');
    expect(response.body).toMatchObject({ code: 'film_not_found', detail: expect.stringContaining(title) });
    expect(response.body.suggestions[0]).toEqual({
      movie_id: expect.any(Number),
      title: expect.any(String),
      year: expect.any(Number),
    });
  });
});
