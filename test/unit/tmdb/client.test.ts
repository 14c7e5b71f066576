import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { TmdbClient } from '../../../src/tmdb/client';
import { TmdbError } from '../../../src/tmdb/tmdb-error';
import { Faults, parseFault } from '../../tmdb-stub/faults';
import { generateFilms } from '../../tmdb-stub/generate-films';
import type { TmdbStub } from '../../tmdb-stub/server';
import { clientOf, expected, IMPATIENT, NO_LIMIT, SETTINGS, startStub } from '../updates/ingestion/harness';

const FILMS = generateFilms(40);
const FIRST = FILMS[0] as (typeof FILMS)[number];
const TOKEN = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl';

let stub: TmdbStub;
let client: TmdbClient;

beforeEach(async () => {
  stub = await startStub(FILMS);
  client = clientOf(stub);
});

afterEach(async () => {
  await client.close();
  await stub.close();
});

function order(...faults: string[]): void {
  stub.faults = new Faults(faults.map(parseFault));
}

async function failure(promise: Promise<unknown>): Promise<TmdbError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(TmdbError);
  return error as TmdbError;
}

describe('a film', () => {
  it('comes with everything that was asked for', async () => {
    const { fetched_at, ...movie } = await client.movie(1);
    expect(movie).toEqual(expected(FIRST));
    expect(Date.now() - Date.parse(fetched_at as string)).toBeLessThan(60_000);
    expect(stub.log).toHaveLength(1);
    expect(stub.log[0]?.query).toEqual({
      language: 'en-US',
      append_to_response: 'credits,keywords,alternative_titles',
    });
  });

  it('that TMDB does not have is not found, after one request', async () => {
    const error = await failure(client.movie(999));
    expect(error).toMatchObject({
      kind: 'not_found',
      status: 404,
      statusMessage: 'The resource you requested could not be found.',
    });
    expect(stub.log).toHaveLength(1);
  });

  it('falls back to English where the language has no overview, and only there', async () => {
    await client.close();
    client = clientOf(stub, { language: 'de-DE' });
    stub.catalogue.edit(2, { translations: { de: { title: 'Oben', overview: 'Ein Haus fliegt.', tagline: 'Hoch!' } } });
    expect(await client.movie(2)).toMatchObject({ title: 'Oben', overview: 'Ein Haus fliegt.', tagline: 'Hoch!' });
    expect(stub.log).toHaveLength(1);
    expect(await client.movie(1)).toMatchObject({ title: FIRST.original_title, overview: FIRST.overview });
    expect(stub.log).toHaveLength(3);
  });
});

describe('the key', () => {
  it('goes into the query where it is a v3 key, and into the header where it is a v4 token', async () => {
    await client.movie(1);
    const other = await startStub(FILMS, { key: TOKEN });
    const bearer = clientOf(other, { apiKey: TOKEN });
    await bearer.movie(1);
    expect([stub.log[0]?.auth, other.log[0]?.auth]).toEqual(['parameter', 'bearer']);
    await bearer.close();
    await other.close();
  });

  it('that is wrong is told in the words of TMDB, at once, with what to do', async () => {
    const wrong = clientOf(stub, { apiKey: 'wrong0123' });
    const error = await failure(wrong.movie(1));
    expect(error).toMatchObject({ kind: 'unauthorised', status: 401 });
    expect(error.message).toContain('Invalid API key: You must be granted a valid key.');
    expect(error.advice).toContain('TMDB_API_KEY');
    expect(stub.log).toHaveLength(1);
    await wrong.close();
  });

  it('that is missing is told before anything is sent', () => {
    expect(() => clientOf(stub, { apiKey: '' })).toThrow(expect.objectContaining({ kind: 'unauthorised' }));
  });

  it.each(['stall', 'reset', 'truncated', 'html502', '500', '429:0', 'html404', 'truncated-json'])(
    'is in no error after %s',
    async (fault) => {
      const [name, value] = fault.split(':');
      order(`${name}=1${value === undefined ? '' : `:${value}`}`);
      const impatient = clientOf(stub, { ...(name === 'stall' && IMPATIENT), attempts: 1 });
      const error = await failure(impatient.movie(1));
      expect(inspect(error, { depth: null, showHidden: true })).not.toContain(SETTINGS.apiKey);
      await impatient.close();
    },
  );
});

describe('a fault that passes', () => {
  it.each(['reset', 'truncated', 'truncated-json', 'html502', 'html404', '500', '429'])(
    '%s is overcome',
    async (fault) => {
      order(`${fault}@1,2${fault === '429' ? ':0' : ''}`);
      expect(await client.movie(1)).toMatchObject({ tmdb_id: 1, title: FIRST.title });
      expect(stub.log.map((entry) => entry.fault)).toEqual([fault, fault, undefined]);
    },
  );

  it.each(['stall', 'stall-body'])('%s is overcome', async (fault) => {
    order(`${fault}@1,2`);
    const impatient = clientOf(stub, IMPATIENT);
    expect(await impatient.movie(1)).toMatchObject({ tmdb_id: 1, title: FIRST.title });
    // A good answer may come too late as well, and is then asked for once more.
    expect(stub.log.slice(0, 3).map((entry) => entry.fault)).toEqual([fault, fault, undefined]);
    await impatient.close();
  });

  it('waits as long as Retry-After says, and so does every other request', async () => {
    await client.close();
    const pauses: number[] = [];
    client = new TmdbClient(
      { ...SETTINGS, baseUrl: stub.baseUrl },
      { limiter: { ...NO_LIMIT, pause: (ms) => pauses.push(ms) } },
    );
    order('429@1:1');
    await client.movie(1);
    expect(pauses).toEqual([1_000]);
    const [refused, answered] = stub.log;
    expect((answered?.at ?? 0) - (refused?.at ?? 0)).toBeGreaterThanOrEqual(990);
  });
});

describe('a fault that stays', () => {
  it.each([
    ['stall', 'unavailable'],
    ['stall-body', 'unavailable'],
    ['reset', 'unavailable'],
    ['truncated', 'unavailable'],
    ['html502', 'unavailable'],
    ['500', 'unavailable'],
    ['429', 'rate_limited'],
    ['truncated-json', 'bad_response'],
    ['html404', 'bad_response'],
  ])('%s ends as %s after so many attempts', async (fault, kind) => {
    order(`${fault}=1${fault === '429' ? ':0' : ''}`);
    const short = clientOf(stub, { ...(fault.startsWith('stall') && IMPATIENT), attempts: 3 });
    const error = await failure(short.movie(1));
    expect(error.kind).toBe(kind);
    expect(error.advice).not.toBe('');
    expect(stub.log).toHaveLength(3);
    await short.close();
  });

  it('does not wait for a day', async () => {
    order('429=1:86400');
    expect(await failure(client.movie(1))).toMatchObject({ kind: 'rate_limited', retryAfter: 86_400 });
    expect(stub.log).toHaveLength(1);
  });

  it('of the shape is a bad response after one request', async () => {
    order('broken-film=1');
    const error = await failure(client.movie(1));
    expect(error.kind).toBe('bad_response');
    expect(error.message).toMatch(/\/movie\/1 is not as expected: (title|credits)/);
    expect(stub.log).toHaveLength(1);
  });

  it('is told for an address where nobody answers', async () => {
    const nowhere = new TmdbClient({ ...SETTINGS, baseUrl: 'http://127.0.0.1:1/3' }, { limiter: NO_LIMIT });
    const error = await failure(nowhere.movie(1));
    expect(error).toMatchObject({ kind: 'unavailable', message: expect.stringContaining('ECONNREFUSED') });
    await nowhere.close();
  });

  it('of a body that trickles for ever ends at the deadline', async () => {
    const server = createServer((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' });
      const drip = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(drip));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const patient = new TmdbClient({ ...SETTINGS, baseUrl, attempts: 2, requestTimeoutMs: 200 }, { limiter: NO_LIMIT });
    expect(await failure(patient.movie(1))).toMatchObject({
      kind: 'unavailable',
      message: expect.stringContaining('in time'),
    });
    await patient.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
});

describe('a caller who gives up', () => {
  it.each([
    ['while the answer is awaited', 'stall=1'],
    ['while the body is read', 'stall-body=1'],
    ['between two attempts', '500=1'],
  ])('%s is let go as cancelled', async (_when, fault) => {
    order(fault);
    await client.close();
    const settings = { ...SETTINGS, baseUrl: stub.baseUrl, backoffMs: 60_000 };
    client = new TmdbClient(settings, { limiter: NO_LIMIT, random: () => 1 - Number.EPSILON });
    const controller = new AbortController();
    const error = failure(client.movie(1, controller.signal));
    while (stub.log.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    setTimeout(() => controller.abort(), 30);
    expect((await error).kind).toBe('cancelled');
    expect(stub.log).toHaveLength(1);
  });
});

describe('the rate', () => {
  it('stays within the limits, as the stub counts the requests that arrive', async () => {
    await client.close();
    client = new TmdbClient({ ...SETTINGS, baseUrl: stub.baseUrl, rate: 30, concurrency: 8 });
    order('latency=0.3:120', '500=0.1');
    await Promise.all(Array.from({ length: 75 }, (_, index) => client.movie(1 + (index % 40))));
    expect(stub.log.length).toBeGreaterThan(75);
    expect(stub.busiestSecond).toBeLessThanOrEqual(38);
  });
});
