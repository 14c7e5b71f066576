import { connect } from 'node:net';
import { removeTemporaryDirs, STARTER_MOVIES, temporaryDir } from '../native/engine-files';
import { ADMIN_KEY, ServerProcess } from './server-process';

const dataDir = temporaryDir();
let server: ServerProcess;

beforeAll(async () => {
  server = await ServerProcess.start(dataDir);
});

afterAll(async () => {
  await server?.end('SIGKILL');
  removeTemporaryDirs();
});

async function ask(route: string, body?: unknown, init: RequestInit = {}) {
  const post = body !== undefined && { method: 'POST', body: JSON.stringify(body) };
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(new URL(route, server.url), { headers, ...post, ...init });
  const text = await response.text();
  return {
    status: response.status,
    type: response.headers.get('content-type') ?? '',
    text,
    json: () => JSON.parse(text),
  };
}

test('a fresh server answers the question that everybody asks first', async () => {
  expect((await ask('/')).json()).toEqual({ status: 'online and active!!!', model_loaded: true });
  const hits = (await ask('/search', { query: 'a romantic movie about a sinking ship', k: 5 })).json();
  expect(hits).toHaveLength(5);
  expect(hits[0]).toEqual({ movie_id: 597, title: 'Titanic', score: expect.any(Number) });
});

test('every route answers in its documented shape', async () => {
  const hits = expect.arrayContaining([
    { movie_id: expect.any(Number), title: expect.any(String), score: expect.any(Number) },
  ]);
  const vibe = await ask('/recommend/vibe', { tags: ['Sci-Fi'], description: 'robots', k: 3 });
  expect(vibe.json()).toEqual({ interpreted_query: 'Sci-Fi Sci-Fi robots', results: hits });
  expect((await ask('/recommend/user', { liked_movies: ['Inception', 'The Matrix'], k: 3 })).json()).toEqual(hits);
  expect((await ask('/recommend/movie/Inception?k=3')).json()).toEqual(hits);
  expect((await ask('/movies?k=2')).status).toBe(200);
  expect((await ask('/movies/suggest?q=tita')).status).toBe(200);
  expect((await ask('/movies/597')).json()).toMatchObject({ title: 'Titanic' });
  expect((await ask('/openapi.json')).json()).toMatchObject({ openapi: expect.stringMatching(/^3/) });
  for (const page of ['/docs/', '/redoc']) expect((await ask(page)).type).toMatch(/html/);
  const missing = await ask('/recommend/movie/Qwertyuiop%20Asdfgh');
  expect([missing.status, missing.type]).toEqual([404, expect.stringContaining('application/problem+json')]);
});

test('administration wants the key', async () => {
  expect((await ask('/admin/trigger-update', {})).status).toBe(401);
  const authorization = `Bearer ${ADMIN_KEY}`;
  expect((await ask('/admin/updates', undefined, { headers: { authorization } })).status).toBe(200);
});

test('requests that make no sense are refused as problems', async () => {
  const wrong: [string, RequestInit][] = [
    ['/search', { method: 'POST', body: '{"query": ' }],
    ['/search', { method: 'POST', body: JSON.stringify({ query: ' ', k: 1e9, limit: 3 }) }],
    ['/search', { method: 'POST', body: JSON.stringify({ query: 'x'.repeat(2_001) }) }],
    ['/search', { method: 'POST', body: JSON.stringify({ query: 'x'.repeat(2_000_000) }) }],
    ['/search', { method: 'POST', body: '\0\u0001' }],
    ['/search', { method: 'POST', body: 'a=b', headers: { 'content-type': 'text/plain' } }],
    ['/search', { method: 'DELETE' }],
    ['/recommend/movie/%E0%A4%A', {}],
    [`/recommend/movie/${'%F0%9F%8E%AC'.repeat(300)}`, {}],
    ['/movies/99999999999999999999', {}],
    ['/movies?k=-1', {}],
    ['/nothing/here', {}],
  ];
  for (const [route, init] of wrong) {
    const { status, type, text } = await ask(route, undefined, init);
    expect([route, status >= 400 && status < 500, type.startsWith('application/problem+json')]).toEqual([
      route,
      true,
      true,
    ]);
    expect(text).not.toMatch(/\bat .*\.[jt]s:\d+/);
  }
});

test('bytes that are no HTTP do not end the server', async () => {
  const { hostname, port } = new URL(server.url);
  for (const bytes of [
    '\0\x01\x02\r\n\r\n',
    'GET / HTTP/9.9\r\n\r\n',
    'POST /search HTTP/1.1\r\nContent-Length: 9e9\r\n\r\n',
    'x',
  ]) {
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), hostname, () => socket.end(bytes));
      socket.on('error', () => resolve()).on('close', () => resolve());
      socket.resume();
    });
  }
  expect((await ask('/health/live')).status).toBe(200);
});

test('a second server on the same directory is told who holds it', async () => {
  await expect(ServerProcess.start(dataDir)).rejects.toThrow(/in use by process \d+ \(cinematch serve\)/);
});

test('it stops when asked to, and starts again with what it had', async () => {
  const before = (await ask('/search', { query: 'a heist in dreams' })).json();
  expect(await server.end()).toBe(0);
  server = await ServerProcess.start(dataDir);
  expect((await ask('/search', { query: 'a heist in dreams' })).json()).toEqual(before);
  expect((await ask('/health/ready')).status).toBe(200);
  expect(server.log.some((line) => line.includes(`"movies":${STARTER_MOVIES.length}`))).toBe(true);
});

test('a killed server needs no hand', async () => {
  expect(await server.end('SIGKILL')).toBe('SIGKILL');
  server = await ServerProcess.start(dataDir);
  expect((await ask('/search', { query: 'a sinking ship', k: 1 })).json()).toHaveLength(1);
});
