import { gzipSync } from 'node:zlib';
import pino from 'pino';
import type request from 'supertest';
import { STORE_PROBLEMS } from '../../src/http/problem';
import { ENGINE_ERROR_CODES, STORE_ERROR_CODES, StoreError } from '../../src/store/store-error';
import { FakeMovieStore } from '../fake-store/fake-movie-store';
import { testApp } from '../fixtures/app';

type Response = request.Response;

function expectProblem(response: Response, status: number, code: string): void {
  expect(response.status).toBe(status);
  expect(response.type).toBe('application/problem+json');
  expect(response.body).toMatchObject({
    type: `urn:problem-type:cinematch:${code}`,
    title: expect.any(String),
    status,
    detail: expect.stringMatching(/\S/),
    code,
  });
  expect(response.text).not.toMatch(/\bat .*\.(ts|js):\d|node_modules/);
}

function pointers(response: Response): string[] {
  return response.body.errors.map(({ pointer }: { pointer: string }) => pointer);
}

describe('a wrong body is refused with every wrong field', () => {
  const manyFilms = Array(101).fill('Inception');
  test.each<[string, unknown, string]>([
    ['/search', {}, '/query'],
    ['/search', { query: '' }, '/query'],
    ['/search', { query: ' \n\u200b ' }, '/query'],
    ['/search', { query: 'x'.repeat(2_001) }, '/query'],
    ['/search', { query: 7 }, '/query'],
    ['/search', { query: null }, '/query'],
    ['/search', { query: 'a\u0000b' }, '/query'],
    ['/search', { query: 'a\ud800b' }, '/query'],
    ['/search', { query: 'x', k: 0 }, '/k'],
    ['/search', { query: 'x', k: 101 }, '/k'],
    ['/search', { query: 'x', k: 1.5 }, '/k'],
    ['/search', { query: 'x', k: '5' }, '/k'],
    ['/search', { query: 'x', k: null }, '/k'],
    ['/search', { query: 'x', K: 5 }, '/K'],
    ['/search', { query: 'x', limit: 5 }, '/limit'],
    ['/search', { query: 'x', offset: -1 }, '/offset'],
    ['/search', { query: 'x', offset: 991 }, '/offset'],
    ['/search', { query: 'x', mode: 'fuzzy' }, '/mode'],
    ['/search', { query: 'x', diversity: 1.1 }, '/diversity'],
    ['/search', { query: 'x', diversity: -0.1 }, '/diversity'],
    ['/search', { query: 'x', include: 'details' }, '/include'],
    ['/search', { query: 'x', include: ['details', 'price'] }, '/include/1'],
    ['/search', { query: 'x', include: ['resolution'] }, '/include/0'],
    ['/search', { query: 'x', exclude: [''] }, '/exclude/0'],
    ['/search', { query: 'x', exclude: [1.5] }, '/exclude/0'],
    ['/search', { query: 'x', filters: [] }, '/filters'],
    ['/search', { query: 'x', filters: { decade: 1990 } }, '/filters/decade'],
    ['/search', { query: 'x', filters: { year: 1990 } }, '/filters/year'],
    ['/search', { query: 'x', filters: { year: { min: '1990' } } }, '/filters/year/min'],
    ['/search', { query: 'x', filters: { year: { min: 2000, max: 1990 } } }, '/filters/year'],
    ['/search', { query: 'x', filters: { year: { from: 1990 } } }, '/filters/year/from'],
    ['/search', { query: 'x', filters: { rating: { min: 11 } } }, '/filters/rating/min'],
    ['/search', { query: 'x', filters: { votes: { min: 1.5 } } }, '/filters/votes/min'],
    ['/search', { query: 'x', filters: { runtime: { max: -1 } } }, '/filters/runtime/max'],
    ['/search', { query: 'x', filters: { genres: ['Drama'] } }, '/filters/genres'],
    ['/search', { query: 'x', filters: { genres: { any: [] } } }, '/filters/genres/any'],
    ['/search', { query: 'x', filters: { cast: { none: [' '] } } }, '/filters/cast/none/0'],
    ['/search', [], ''],
    ['/search', 'text', ''],
    ['/search', null, ''],
    ['/search/batch', {}, '/queries'],
    ['/search/batch', { queries: [] }, '/queries'],
    ['/search/batch', { queries: Array(51).fill({ query: 'x' }) }, '/queries'],
    ['/search/batch', { queries: [{ query: 'x' }, { query: 'x', k: 0 }] }, '/queries/1/k'],
    ['/recommend/vibe', {}, ''],
    ['/recommend/vibe', { tags: [], description: '  ' }, ''],
    ['/recommend/vibe', { tags: ['a', ' '] }, '/tags/1'],
    ['/recommend/vibe', { tags: Array(33).fill('a') }, '/tags'],
    ['/recommend/vibe', { tags: 'a' }, '/tags'],
    ['/recommend/vibe', { description: 'x'.repeat(2_001) }, '/description'],
    ['/recommend/vibe', { description: 5 }, '/description'],
    ['/recommend/vibe', { tags: ['a'], query: 'x' }, '/query'],
    ['/recommend/user', {}, '/liked_movies'],
    ['/recommend/user', { liked_movies: [] }, '/liked_movies'],
    ['/recommend/user', { liked_movies: 'Inception' }, '/liked_movies'],
    ['/recommend/user', { liked_movies: manyFilms }, '/liked_movies'],
    ['/recommend/user', { liked_movies: ['Inception', ' '] }, '/liked_movies/1'],
    ['/recommend/user', { liked_movies: [0] }, '/liked_movies/0'],
    ['/recommend/user', { liked_movies: [2 ** 32] }, '/liked_movies/0'],
    ['/recommend/user', { liked_movies: ['x'.repeat(301)] }, '/liked_movies/0'],
    ['/recommend/user', { liked_movies: ['Inception'], disliked_movies: manyFilms }, '/disliked_movies'],
    ['/recommend/user', { liked_movies: ['Inception'], disliked_movies: ['Titanic', 27205] }, '/disliked_movies/1'],
    ['/recommend/user', { liked_movies: ['Inception'], same_collection: 'yes' }, '/same_collection'],
    ['/recommend/user', { liked_movies: ['Inception'], mode: 'hybrid' }, '/mode'],
  ])('POST %s %j', async (path, body, pointer) => {
    const { api } = testApp();
    const response = await api.post(path).set('Content-Type', 'application/json').send(JSON.stringify(body));
    expectProblem(response, 422, 'validation_failed');
    expect(pointers(response)).toEqual([pointer]);
    expect(response.body.errors[0]).toMatchObject({ in: 'body', message: expect.stringMatching(/\S/) });
    expect(response.body.detail).toContain(response.body.errors[0].message);
  });

  test('all of them at once, unknown ones by name', async () => {
    const { api } = testApp();
    const response = await api.post('/search').send({ query: ' ', k: 0, top: 5, page: 2 });
    expect(pointers(response).sort()).toEqual(['/k', '/page', '/query', '/top']);
    expect(response.body.errors.map(({ message }: { message: string }) => message)).toEqual(
      expect.arrayContaining(['unknown field "top"', 'unknown field "page"']),
    );
  });

  test('a key called __proto__ is unknown like any other', async () => {
    const { api } = testApp();
    const response = await api.post('/search').type('json').send('{"query":"x","__proto__":{"k":1}}');
    expectProblem(response, 422, 'validation_failed');
    expect(pointers(response)).toEqual(['/__proto__']);
  });

  test.each(['1e999', 'NaN'])('k = %s', async (k) => {
    const { api } = testApp();
    const response = await api.post('/search').type('json').send(`{"query":"x","k":${k}}`);
    expect([400, 422]).toContain(response.status);
    expect(response.type).toBe('application/problem+json');
  });
});

describe('a wrong query string is refused by parameter', () => {
  test.each([
    ['/recommend/movie/Inception?k=0', '/k'],
    ['/recommend/movie/Inception?k=101', '/k'],
    ['/recommend/movie/Inception?k=', '/k'],
    ['/recommend/movie/Inception?k=five', '/k'],
    ['/recommend/movie/Inception?k=1.5', '/k'],
    ['/recommend/movie/Inception?k=NaN', '/k'],
    ['/recommend/movie/Inception?k=1e1', '/k'],
    ['/recommend/movie/Inception?k=1&k=2', '/k'],
    ['/recommend/movie/Inception?limit=3', '/limit'],
    ['/recommend/movie/Inception?offset=995', '/offset'],
    ['/recommend/movie/Inception?diversity=2', '/diversity'],
    ['/recommend/movie/Inception?include=price', '/include/0'],
    ['/recommend/movie/Inception?year_min=2000&year_max=1990', '/year_min'],
    ['/recommend/movie/Inception?genres=', '/genres/0'],
    ['/recommend/movie/Inception?same_collection=1', '/same_collection'],
    ['/recommend/movie/Inception?mode=hybrid', '/mode'],
    ['/movies?sort=size', '/sort'],
    ['/movies?order=up', '/order'],
    ['/movies?offset=-1', '/offset'],
    ['/movies?rating_min=eleven', '/rating_min'],
    ['/movies?include=details', '/include/0'],
    ['/movies?runtime_min=200&runtime_max=100', '/runtime_min'],
    ['/movies?genre=Drama', '/genre'],
    ['/movies/suggest', '/q'],
    ['/movies/suggest?q=%20', '/q'],
    ['/movies/suggest?q=a&k=101', '/k'],
  ])('GET %s', async (path, pointer) => {
    const { api } = testApp();
    const response = await api.get(path);
    expectProblem(response, 422, 'validation_failed');
    expect(pointers(response)).toEqual([pointer]);
    expect(response.body.errors[0].in).toBe('query');
  });

  test.each([
    ['/recommend/movie/%20', '/title'],
    ['/recommend/movie/a%00b', '/title'],
    [`/recommend/movie/${'x'.repeat(301)}`, '/title'],
    ['/movies/abc', '/id'],
    ['/movies/0', '/id'],
    ['/movies/4294967296', '/id'],
  ])('GET %s', async (path, pointer) => {
    const { api } = testApp();
    const response = await api.get(path);
    expectProblem(response, 422, 'validation_failed');
    expect(response.body.errors).toEqual([{ in: 'path', pointer, message: expect.any(String) }]);
  });
});

describe('what is not a proper request at all', () => {
  test.each(['{"query":', '{query:"x"}', "{'query':'x'}"])('malformed JSON %s is 400', async (text) => {
    const { api } = testApp();
    expectProblem(await api.post('/search').type('json').send(text), 400, 'malformed_json');
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/xml'])('%s is 415', async (type) => {
    const { api } = testApp();
    const response = await api.post('/search').set('Content-Type', type).send('{"query":"x"}');
    expectProblem(response, 415, 'unsupported_media_type');
  });

  test('an unknown charset and an unknown encoding are 415', async () => {
    const { api } = testApp();
    const charset = await api.post('/search').set('Content-Type', 'application/json; charset=klingon').send('{}');
    expectProblem(charset, 415, 'unsupported_media_type');
    const encoding = await api.post('/search').type('json').set('Content-Encoding', 'rot13').send('{}');
    expectProblem(encoding, 415, 'unsupported_media_type');
  });

  test('JSON that is not UTF-8 is malformed', async () => {
    const { api } = testApp();
    const latin = Buffer.from('{"query":"Amélie"}', 'latin1');
    const response = await api
      .post('/search')
      .type('json')
      .serialize((body) => body)
      .send(latin);
    expectProblem(response, 400, 'malformed_json');
    expect(response.body.detail).toMatch(/not valid UTF-8/);
  });

  test.each([
    ['gzip', Buffer.from('{"query":"x"}')],
    ['gzip', gzipSync('{"query":"x"}').subarray(0, 12)],
    ['gzip', Buffer.alloc(0)],
    ['deflate', Buffer.from('{"query":"x"}')],
    ['br', Buffer.from('{"query":"x"}')],
  ])('a body that is not %s, as it says it is, is told as that', async (encoding, body) => {
    const { api } = testApp();
    const request = api.post('/search').type('json').set('Content-Encoding', encoding);
    const response = await request.serialize((bytes) => bytes).send(body);
    expectProblem(response, 400, 'malformed_request');
    expect(response.body.detail).toMatch(new RegExp(`The body is not valid ${encoding}`));
  });

  test('an address that is not percent-encoded UTF-8 is told as that', async () => {
    const { api } = testApp();
    const response = await api.get('/recommend/movie/%E9');
    expectProblem(response, 400, 'malformed_request');
    expect(response.body.detail).toMatch(/address is not validly percent-encoded/);
  });

  test('no body at all is 422', async () => {
    const { api } = testApp();
    expectProblem(await api.post('/search'), 422, 'validation_failed');
  });

  test('a body over 1 MB is 413', async () => {
    const { api } = testApp();
    const response = await api.post('/search').send({ query: 'x'.repeat(1_100_000) });
    expectProblem(response, 413, 'body_too_large');
  });

  test('50 queries of full length in four bytes a character are not too large', async () => {
    const { api } = testApp();
    await api
      .post('/search/batch')
      .send({ queries: Array(50).fill({ query: '🎬'.repeat(2_000), k: 1 }) })
      .expect(200);
  });

  test.each(['/recommend/movie/%E0%A4%A', '/recommend/movie/%', '/movies/%ff'])('%s is 400', async (path) => {
    const { api } = testApp();
    expectProblem(await api.get(path), 400, 'malformed_request');
  });

  test.each(['/nope', '/recommend', '/search/x/y', '/docs/nope.js', '/redoc/nope.js'])(
    'GET %s is 404',
    async (path) => {
      const { api } = testApp();
      expectProblem(await api.get(path), 404, 'route_not_found');
    },
  );

  test.each([
    ['get', '/search', 'POST'],
    ['put', '/search/', 'POST'],
    ['delete', '/movies/603', 'GET, HEAD'],
    ['post', '/recommend/movie/Inception', 'GET, HEAD'],
    ['post', '/', 'GET, HEAD'],
    ['post', '/docs', 'GET, HEAD'],
    ['patch', '/openapi.json', 'GET, HEAD'],
  ] as const)('%s %s is 405 with what is allowed', async (method, path, allow) => {
    const { api } = testApp();
    const response = await api[method](path);
    expectProblem(response, 405, 'method_not_allowed');
    expect(response.headers.allow).toBe(allow);
  });
});

describe('while no film is indexed', () => {
  const empty = () => testApp({ store: new FakeMovieStore() }).api;
  test.each<['get' | 'post', string, object | undefined]>([
    ['post', '/search', { query: 'x' }],
    ['post', '/search/batch', { queries: [{ query: 'x' }] }],
    ['post', '/recommend/vibe', { tags: ['a'] }],
    ['post', '/recommend/user', { liked_movies: ['Inception'] }],
    ['get', '/recommend/movie/Inception', undefined],
    ['get', '/movies', undefined],
    ['get', '/movies/603', undefined],
    ['get', '/movies/suggest?q=a', undefined],
    ['get', '/health/ready', undefined],
  ])('%s %s is 503 and says what to do', async (method, path, body) => {
    const response = await empty()[method](path).send(body);
    expectProblem(response, 503, 'catalogue_empty');
    expect(response.body.detail).toMatch(/cinematch import .*cinematch ingest/);
    expect(response.headers['retry-after']).toMatch(/^\d+$/);
  });

  test.each(['/', '/about', '/health/live', '/docs', '/redoc', '/openapi.json'])('GET %s is 200', async (path) => {
    await empty().get(path).expect(200);
  });
});

describe('what goes wrong in the engine', () => {
  test.each([...STORE_ERROR_CODES, ...ENGINE_ERROR_CODES])(
    '%s has its status and tells nothing of the machine',
    async (code) => {
      const { api, store } = testApp();
      const path = '/var/lib/cinematch/secret.db';
      const isPublic = STORE_PROBLEMS[code].detail === undefined;
      const message = isPublic ? 'plain words' : `cannot read ${path}`;
      // A route whose document has all of their statuses.
      jest.spyOn(store, 'recommend').mockRejectedValue(new StoreError(code, message));
      const response = await api.post('/recommend/user').send({ liked_movies: [603] });
      expectProblem(response, STORE_PROBLEMS[code].status, code);
      expect(response.text).not.toContain(path);
      expect(response.body.detail).toBe(isPublic ? message : STORE_PROBLEMS[code].detail);
    },
  );

  test.each([
    ['overloaded', '1'],
    ['catalogue_empty', '30'],
  ] as const)('%s says when to come back', async (code, seconds) => {
    const { api, store } = testApp();
    jest.spyOn(store, 'search').mockRejectedValue(new StoreError(code, 'x'));
    const response = await api.post('/search').send({ query: 'x' });
    expect(response.headers['retry-after']).toBe(seconds);
  });

  test("a field of the store's request is told under its name in HTTP", async () => {
    const { api, store } = testApp();
    jest.spyOn(store, 'search').mockRejectedValue(new StoreError('invalid_argument', 'is too long', 'text'));
    const inBody = await api.post('/search').send({ query: 'x' });
    expectProblem(inBody, 422, 'invalid_argument');
    expect(inBody.body.errors).toEqual([{ in: 'body', pointer: '/query', message: 'is too long' }]);
    expect(inBody.body.detail).toBe('/query: is too long');
    jest.spyOn(store, 'recommend').mockRejectedValue(new StoreError('invalid_argument', 'is too many', 'limit'));
    const inQuery = await api.get('/recommend/movie/Inception');
    expect(inQuery.body.errors).toEqual([{ in: 'query', pointer: '/k', message: 'is too many' }]);
  });

  test('an unknown value of a filter names the known ones, in a body and in a query', async () => {
    const { api } = testApp();
    const inBody = await api.post('/search').send({ query: 'x', filters: { genres: { any: ['Dramma'] } } });
    expectProblem(inBody, 422, 'unknown_value');
    expect(inBody.body.errors[0]).toMatchObject({ in: 'body', pointer: '/filters/genres' });
    expect(inBody.body.errors[0].known).toContain('Drama');
    const inQuery = await api.get('/movies?genres=Dramma');
    expectProblem(inQuery, 422, 'unknown_value');
    expect(inQuery.body.errors[0]).toMatchObject({ in: 'query', pointer: '/genres' });
  });

  test('a bug is 500, with the reason in the log alone', async () => {
    const lines: string[] = [];
    const logger = pino({}, { write: (line: string) => lines.push(line) });
    const store = new FakeMovieStore([]);
    jest.spyOn(store, 'isEmpty').mockImplementation(() => {
      throw new TypeError('undefined is not /home/me');
    });
    const response = await testApp({ store, logger }).api.get('/');
    expectProblem(response, 500, 'internal');
    expect(response.text).not.toContain('/home/me');
    expect(lines.join()).toContain('undefined is not /home/me');
  });
});
