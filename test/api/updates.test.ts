import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import pino from 'pino';
import request from 'supertest';
import { createAdminGuard } from '../../src/auth/admin-guard';
import { ApiKeys } from '../../src/auth/api-keys';
import type { UpdateService, UpdateServiceParts } from '../../src/updates/job/update-service';
import { createUpdateRoutes } from '../../src/updates/update-routes';
import { testApp } from '../fixtures/app';
import { Faults, parseFault } from '../tmdb-stub/faults';
import { generateFilms } from '../tmdb-stub/generate-films';
import type { TmdbStub } from '../tmdb-stub/server';
import { SETTINGS, startStub } from '../unit/updates/ingestion/harness';
import { ended, Processes, silent } from '../unit/updates/job/service-harness';

/** Requests side by side. Where so many wait for their answer, all before them were answered and taken in. */
const { concurrency } = SETTINGS;

const MESSAGE = { message: 'Update process started in background. Check server logs for progress.' };

let stub: TmdbStub;
let processes: Processes;
let updates: UpdateService;
let app: ReturnType<typeof testApp>['app'];
let key: string;
let log: string[];

async function start(parts: Partial<UpdateServiceParts> = {}): Promise<void> {
  const { store } = processes;
  log = [];
  const logger = pino({ level: 'trace' }, { write: (line: string) => log.push(line) });
  const keys = new ApiKeys(store.records);
  key = (await keys.ensureAdmin()) ?? key;
  updates = processes.start({ ...parts, logger });
  const adminGuard = createAdminGuard(keys, logger);
  app = testApp({ store, logger: silent(), adminGuard, features: [createUpdateRoutes(updates)] }).app;
}

beforeEach(async () => {
  stub = await startStub(generateFilms(120));
  processes = new Processes(stub);
  await start();
});

afterEach(async () => {
  await processes.close();
  await stub.close();
});

function trigger(body?: object) {
  const post = request(app).post('/admin/trigger-update').set('X-API-Key', key);
  return body === undefined ? post : post.send(body);
}

function read(path: string) {
  return request(app).get(path).set('Authorization', `Bearer ${key}`);
}

describe('POST /admin/trigger-update', () => {
  it('answers as the seed does, and leads to the update', async () => {
    const answer = await trigger();
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual(MESSAGE);
    expect(answer.headers['x-update']).toBe('started');
    const location = answer.headers.location as string;
    expect(location).toMatch(/^\/admin\/updates\/[\w-]+$/);
    const update = await read(location);
    expect(update.status).toBe(200);
    expect(update.body).toMatchObject({ id: location.split('/').at(-1), trigger: 'request', options: {} });
    await updates.idle();
    expect((await read(location)).body).toMatchObject({ state: 'succeeded', progress: { new: 50 } });
    expect((await request(app).post('/search').send({ query: 'lighthouse' })).status).toBe(200);
  });

  it('takes the options of the command', async () => {
    const { headers } = await trigger({ target: 20, year_from: 1990, dry_run: true });
    await updates.idle();
    const { body } = await read(headers.location as string);
    expect(body).toMatchObject({
      state: 'succeeded',
      options: { target: 20, year_from: 1990, dry_run: true },
      plan: { fetch: 20 },
    });
    expect(processes.store.status().films).toBe(0);
  });

  it('joins the update under way', async () => {
    stub.gate.close();
    const first = await trigger({ target: 120 });
    const second = await trigger({ target: 5 });
    expect(second.body).toEqual(MESSAGE);
    expect(second.headers['x-update']).toBe('joined');
    expect(second.headers.location).toBe(first.headers.location);
  });

  it.each([
    [{ target: 0 }, '/target'],
    [{ tagret: 5 }, '/tagret'],
    [{ reset: true, refresh: true }, '/refresh'],
    [{ year_from: 2000, year_to: 1990 }, '/year_to'],
  ])('refuses %j at %s, and starts nothing', async (body, pointer) => {
    const answer = await trigger(body);
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toEqual([expect.objectContaining({ in: 'body', pointer })]);
    expect((await read('/admin/updates')).body.updates).toEqual([]);
  });

  it('says what is missing where there is no TMDB key', async () => {
    await start({ tmdb: { ...SETTINGS, rate: 32, apiKey: '' } });
    const answer = await trigger();
    expect(answer.status).toBe(503);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.body).toMatchObject({ code: 'tmdb_key_missing', detail: expect.stringContaining('TMDB_API_KEY') });
    const update = await read(answer.headers.location as string);
    expect(update.body).toMatchObject({ state: 'failed', error: { code: 'tmdb_key_missing' } });
    expect((await request(app).get('/')).status).toBe(200);
  });

  it('lets the update say that the TMDB key is wrong', async () => {
    await start({ tmdb: { ...SETTINGS, rate: 32, baseUrl: stub.baseUrl, apiKey: 'wrong0123' } });
    const { headers } = await trigger();
    await updates.idle();
    const { body } = await read(headers.location as string);
    expect(body).toMatchObject({
      state: 'failed',
      error: { code: 'tmdb_unauthorised', advice: expect.stringContaining('TMDB_API_KEY') },
    });
    expect(body.error.message).toContain('Invalid API key: You must be granted a valid key.');
  });
});

describe('GET and DELETE /admin/updates', () => {
  it('list updates, newest first', async () => {
    for (const target of [1, 2]) {
      await trigger({ target });
      await updates.idle();
    }
    const { body } = await read('/admin/updates');
    expect(body.updates.map(({ options }: { options: object }) => options)).toEqual([{ target: 2 }, { target: 1 }]);
  });

  it('cancel an update, once', async () => {
    stub.gate.close(10);
    const { headers } = await trigger({ target: 120 });
    const path = headers.location as string;
    await stub.gate.held(concurrency);
    const cancel = () => request(app).delete(path).set('X-API-Key', key);
    const answer = await cancel();
    expect(answer.status).toBe(202);
    expect(answer.body.state).toBe('cancelling');
    await updates.idle();
    expect((await read(path)).body.state).toBe('cancelled');
    const again = await cancel();
    expect(again.status).toBe(409);
    expect(again.body).toMatchObject({ code: 'update_over', detail: expect.stringContaining('cancelled') });
  });

  it.each(['get', 'delete'] as const)('%s of an unknown update is 404', async (method) => {
    const answer = await request(app)[method]('/admin/updates/nope').set('X-API-Key', key);
    expect(answer.status).toBe(404);
    expect(answer.body.code).toBe('update_not_found');
    expect((await read('/admin/updates/nope/events')).status).toBe(404);
  });
});

interface Received {
  id: number;
  event: string;
  data: { state?: string; done?: number };
}

interface Reading {
  /** The last event that was seen. */
  lastId?: number;
  /** Whether the events that were read are enough; without it the stream is read to its end. */
  enough?: (events: Received[]) => boolean;
  /** Called when the server has begun to answer. */
  onOpen?: () => void;
}

/** Reads a stream of events. */
async function receive(path: string, { lastId, enough = () => false, onOpen = () => {} }: Reading = {}) {
  const server = createServer(app).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const headers = { 'X-API-Key': key, ...(lastId !== undefined && { 'Last-Event-ID': String(lastId) }) };
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get({ port, path, headers, host: '127.0.0.1' }, resolve).on('error', reject);
  });
  onOpen();
  let text = '';
  let events: Received[] = [];
  for await (const chunk of response) {
    text += chunk;
    const blocks = text.split('\n\n').slice(0, -1);
    events = blocks.flatMap((block) => {
      const fields = Object.fromEntries(block.split('\n').map((line) => line.split(/: (.*)/s) as [string, string]));
      return fields.data === undefined
        ? []
        : [{ id: Number(fields.id), event: fields.event ?? '', data: JSON.parse(fields.data) }];
    });
    if (enough(events)) break;
  }
  response.destroy();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  return { status: response.statusCode, type: response.headers['content-type'], events };
}

describe('GET /admin/updates/{id}/events', () => {
  it('tells the whole update first, then its progress, and ends with it', async () => {
    stub.gate.close();
    const { headers } = await trigger({ target: 60 });
    const { status, type, events } = await receive(`${headers.location}/events`, { onOpen: () => stub.gate.open() });
    expect(status).toBe(200);
    expect(type).toContain('text/event-stream');
    expect(events[0]).toMatchObject({ event: 'update', data: { state: expect.stringMatching(/queued|running/) } });
    expect(events.some(({ event }) => event === 'progress')).toBe(true);
    expect(events.at(-1)).toMatchObject({ event: 'update', data: { state: 'succeeded' } });
    const numbers = events.map(({ id }) => id);
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
  });

  it('goes on after the last event that was seen', async () => {
    stub.faults = new Faults([parseFault('broken-film@1,2')]);
    stub.gate.close(30);
    const { headers } = await trigger({ target: 60 });
    const path = `${headers.location}/events`;
    const first = await receive(path, { enough: (events) => events.length >= 3 });
    const lastId = (first.events[2] as Received).id;
    await stub.gate.held(concurrency);
    const second = await receive(path, { lastId, onOpen: () => stub.gate.open() });
    expect(second.events.every(({ id }) => id > lastId)).toBe(true);
    expect(second.events.filter(({ event }) => event === 'failure')).toHaveLength(2);
    expect(second.events.at(-1)).toMatchObject({ event: 'update', data: { state: 'succeeded' } });
    const end = second.events.at(-1) as Received;
    expect((await receive(path, { lastId: end.id })).status).toBe(204);
    expect((await receive(path, { lastId })).events).toMatchObject([{ event: 'update', data: { state: 'succeeded' } }]);
  });

  it('begins with the whole update where the last event is not known', async () => {
    stub.gate.close();
    const { headers } = await trigger({ target: 60 });
    const { events } = await receive(`${headers.location}/events`, { lastId: 5, enough: ({ length }) => length > 0 });
    expect(events[0]).toMatchObject({ event: 'update' });
  });

  it('tells the outcome of an update that is over', async () => {
    const { headers } = await trigger({ target: 1 });
    await updates.idle();
    const { events } = await receive(`${headers.location}/events`);
    expect(events).toMatchObject([{ event: 'update', data: { state: 'succeeded' } }]);
  });

  it('ends when the server stops, and goes on with the next one', async () => {
    stub.gate.close(10);
    const { headers } = await trigger({ target: 120 });
    const path = `${headers.location}/events`;
    let opened = () => {};
    const open = new Promise<void>((resolve) => {
      opened = resolve;
    });
    const stream = receive(path, { onOpen: opened });
    await Promise.all([open, stub.gate.held(concurrency)]);
    await updates.stop();
    const last = (await stream).events.at(-1) as Received;
    expect(last).toMatchObject({ event: 'update', data: { state: 'interrupted' } });
    await start();
    await updates.start();
    stub.gate.open();
    const { events } = await receive(path, { lastId: last.id });
    expect(events.every(({ id }) => id >= last.id)).toBe(true);
    expect(events.at(-1)).toMatchObject({ event: 'update', data: { state: 'succeeded' } });
    await ended(updates, path.split('/')[3] as string);
  });
});

describe('every /admin route', () => {
  const ROUTES = [
    ['post', '/admin/trigger-update'],
    ['get', '/admin/updates'],
    ['get', '/admin/updates/x'],
    ['get', '/admin/updates/x/events'],
    ['delete', '/admin/updates/x'],
  ] as const;

  it.each(ROUTES)('%s %s needs a key', async (method, path) => {
    const none = await request(app)[method](path);
    expect(none.status).toBe(401);
    expect(none.headers['content-type']).toContain('application/problem+json');
    expect(none.headers['www-authenticate']).toBe('Bearer realm="cinematch"');
    expect(none.body).toMatchObject({ code: 'unauthorised', detail: expect.stringContaining('X-API-Key') });
    const wrong = await request(app)[method](path).set('X-API-Key', 'guess');
    expect(wrong.status).toBe(401);
    expect(wrong.headers['www-authenticate']).toContain('invalid_token');
    expect((await read('/admin/updates')).body.updates).toEqual([]);
  });

  it('refuses before it reads the body', async () => {
    const answer = await request(app).post('/admin/trigger-update').set('Content-Type', 'application/json').send('{');
    expect(answer.status).toBe(401);
  });

  it('limits and logs wrong keys, and never logs a key', async () => {
    for (let attempt = 0; attempt < 10; attempt += 1) {
      expect((await request(app).get('/admin/updates').set('X-API-Key', `guess-${attempt}`)).status).toBe(401);
    }
    const limited = await request(app).get('/admin/updates').set('X-API-Key', 'guess-11');
    expect(limited.status).toBe(429);
    expect(Number(limited.headers['retry-after'])).toBeGreaterThan(0);
    expect(limited.body.code).toBe('too_many_attempts');
    expect((await read('/admin/updates')).status).toBe(429);
    expect(log.filter((line) => line.includes('refused')).length).toBe(10);
    expect(log.join('')).not.toContain('guess-');
    expect((await request(app).get('/')).status).toBe(200);
  });

  it('is documented with its key', async () => {
    const { body } = await request(app).get('/openapi.json');
    expect(body.components.securitySchemes).toMatchObject({ apiKey: { in: 'header' }, bearer: { scheme: 'bearer' } });
    for (const [method, path] of ROUTES) {
      const operation = body.paths[path.replace('/x', '/{id}')][method];
      expect(operation.security).toEqual([{ bearer: [] }, { apiKey: [] }]);
      expect(operation.responses).toHaveProperty('401');
    }
    expect(body.paths['/admin/trigger-update'].post.requestBody.required).toBe(false);
    expect(body.paths['/admin/updates/{id}'].delete.responses).toHaveProperty('202');
  });
});
