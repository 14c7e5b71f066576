import pino from 'pino';
import request from 'supertest';
import { createAdminGuard } from '../../src/auth/admin-guard';
import { ApiKeys } from '../../src/auth/api-keys';
import { createKeyRoutes } from '../../src/auth/key-routes';
import { testApp } from '../fixtures/app';

const ROUTES = [
  ['get', '/admin/keys'],
  ['post', '/admin/keys'],
] as const;

/** An application with the routes of keys, one key of its own, and what it logs. */
async function start(configured?: string) {
  const log: string[] = [];
  const logger = pino({ level: 'trace' }, { write: (line: string) => log.push(line) });
  const { store } = testApp();
  const keys = new ApiKeys(store.records, configured);
  const key = await keys.create();
  const adminGuard = createAdminGuard(keys, logger);
  const { app } = testApp({ store, logger, adminGuard, features: [createKeyRoutes(keys)] });
  const ask = (method: 'get' | 'post', body?: object) =>
    request(app)[method]('/admin/keys').set('X-API-Key', key).send(body);
  return { app, store, key, log, ask };
}

test.each(ROUTES)('%s %s needs a key', async (method, path) => {
  const { app, ask } = await start();
  expect((await request(app)[method](path)).status).toBe(401);
  expect((await request(app)[method](path).set('X-API-Key', 'guess')).status).toBe(401);
  expect((await ask('get')).body.count).toBe(1);
});

test('a new key is shown once, works at once and is counted', async () => {
  const { app, ask } = await start();
  const made = await ask('post');
  expect(made.status).toBe(201);
  expect(made.headers['cache-control']).toBe('no-store');
  expect(made.body).toEqual({ key: expect.stringMatching(/^cm_[\w-]{43}$/), scopes: ['admin'] });
  const counted = await request(app).get('/admin/keys').set('Authorization', `Bearer ${made.body.key}`);
  expect(counted.status).toBe(200);
  expect(counted.body).toEqual({ count: 2, configured: false });
});

test('a new key is kept as a hash and never logged', async () => {
  const { store, log, ask } = await start();
  const { key } = (await ask('post', { scopes: ['admin'] })).body;
  expect(JSON.stringify(await store.records.list('api_keys'))).not.toContain(key.slice(3));
  expect(log.length).toBeGreaterThan(0);
  expect(log.join('')).not.toContain(key.slice(3));
});

test('the key of the configuration is told and not counted', async () => {
  const { ask } = await start('from-the-configuration');
  expect((await ask('get')).body).toEqual({ count: 1, configured: true });
});

test.each([
  [{ scopes: ['everything'] }, '/scopes/0'],
  [{ scopes: [] }, '/scopes'],
  [{ scope: 'admin' }, '/scope'],
])('%j is refused at %s, and no key is made', async (body, pointer) => {
  const { ask } = await start();
  const answer = await ask('post', body);
  expect(answer.status).toBe(422);
  expect(answer.body.errors).toEqual([expect.objectContaining({ in: 'body', pointer })]);
  expect((await ask('get')).body.count).toBe(1);
});

test('it is documented with its key, and the body may be left out', async () => {
  const { app } = await start();
  const { body } = await request(app).get('/openapi.json');
  for (const [method, path] of ROUTES) {
    expect(body.paths[path][method].security).toEqual([{ bearer: [] }, { apiKey: [] }]);
    expect(body.paths[path][method].responses).toHaveProperty('401');
  }
  expect(body.paths['/admin/keys'].post.requestBody.required).toBe(false);
  expect(body.components.securitySchemes).toMatchObject({ apiKey: { in: 'header' }, bearer: { scheme: 'bearer' } });
});
