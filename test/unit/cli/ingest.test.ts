import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdminGuard } from '../../../src/auth/admin-guard';
import { ApiKeys } from '../../../src/auth/api-keys';
import { writeServerFile } from '../../../src/server-file';
import type { UpdateService } from '../../../src/updates/job/update-service';
import { createUpdateRoutes } from '../../../src/updates/update-routes';
import { FakeMovieStore } from '../../fake-store/fake-movie-store';
import { testApp } from '../../fixtures/app';
import { generateFilms } from '../../tmdb-stub/generate-films';
import type { TmdbStub } from '../../tmdb-stub/server';
import { SETTINGS, startStub } from '../updates/ingestion/harness';
import { Processes, silent, until } from '../updates/job/service-harness';
import { TestWorld } from './helpers';

let stub: TmdbStub;
const cleanUps: (() => unknown)[] = [];
beforeEach(async () => {
  stub = await startStub(generateFilms(80));
});
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
  await stub.close();
});

/** Requests side by side. Where so many wait for their answer, all before them were answered and taken in. */
const { concurrency } = SETTINGS;

const EVERYTHING = ['--min-rating', '0', '--min-votes', '0'];

function newWorld(): TestWorld {
  const world = new TestWorld();
  world.store = new FakeMovieStore();
  world.env = { TMDB_API_KEY: SETTINGS.apiKey, TMDB_BASE_URL: stub.baseUrl, TMDB_REQUESTS_PER_SECOND: '32' };
  return world;
}

/** The store as it is though the command closed it. */
function keepOpen(world: TestWorld): FakeMovieStore {
  const store = world.store as FakeMovieStore;
  store.close = async () => {};
  return store;
}

describe('ingest, without a server', () => {
  test('adds films and tells the counts; the second run fetches nothing', async () => {
    const world = newWorld();
    const store = keepOpen(world);
    const first = await world.run('ingest', '--target', '12', ...EVERYTHING, '--json');
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(first.stdout)).toMatchObject({
      state: 'succeeded',
      progress: { new: 12, failed: 0 },
      failures: [],
    });
    expect(store.status().films).toBe(12);

    stub.log.length = 0;
    const second = await world.run('ingest', '--target', '12', ...EVERYTHING);
    expect(second.stdout).toContain('Done: 0 new, 0 updated, 12 unchanged, 0 failed.');
    expect(stub.log.filter(({ path }) => /\/movie\/\d+$/.test(path))).toEqual([]);
  });

  test('the rate counts only what this run fetched', async () => {
    const world = newWorld();
    keepOpen(world);
    await world.run('ingest', '--target', '60', ...EVERYTHING);
    const { stderr } = await world.run('ingest', '--target', '60', ...EVERYTHING);
    expect(stderr).toContain('60 of 60 films');
    expect(stderr).not.toContain('/s');
  });

  test('a refresh tells how many films it looked at', async () => {
    const world = newWorld();
    keepOpen(world);
    await world.run('ingest', '--target', '12', ...EVERYTHING);
    stub.catalogue.edit(3, { overview: 'Another story.' });
    expect((await world.run('ingest', '--refresh', '--dry-run')).stdout).toBe(
      '12 films looked at; 1 would be fetched again.\n',
    );
    const { stdout } = await world.run('ingest', '--refresh');
    expect(stdout).toBe('12 films looked at; 1 fetched again.\nDone: 0 new, 1 updated, 0 unchanged, 0 failed.\n');
  });

  test('a genre that TMDB has not is told with those that it has', async () => {
    const { code, stderr } = await newWorld().run('ingest', '--genre', 'Dramma');
    expect(code).toBe(1);
    expect(stderr).toMatch(/no genre "Dramma"; known: Action, .*Drama/);
  });

  test('a dry run stores nothing', async () => {
    const world = newWorld();
    const store = keepOpen(world);
    const { code, stdout } = await world.run('ingest', '--target', '12', ...EVERYTHING, '--dry-run');
    expect(code).toBe(0);
    expect(stdout).toBe('80 films match at TMDB; 12 of 12 would be fetched.\n');
    expect(store.status().films).toBe(0);
  });

  test("a wrong key is TMDB's own message and what to do", async () => {
    const world = newWorld();
    world.env.TMDB_API_KEY = 'wrong';
    const { code, stderr } = await world.run('ingest', '--target', '1');
    expect(code).toBe(1);
    expect(stderr).toMatch(/Invalid API key.*Set TMDB_API_KEY/s);
    expect(stderr).not.toContain('wrong');
  });

  test('no key is told before anything is opened', async () => {
    const world = newWorld();
    delete world.env.TMDB_API_KEY;
    world.store = undefined as never;
    expect(await world.run('ingest')).toMatchObject({ code: 1, stderr: expect.stringContaining('TMDB_API_KEY') });
  });

  test('an interrupt stops it cleanly', async () => {
    const world = newWorld();
    const store = keepOpen(world);
    stub.gate.close(10);
    const running = world.run('ingest', '--target', '80', ...EVERYTHING);
    await stub.gate.held(concurrency);
    world.interrupt.abort();
    const { code, stderr } = await running;
    expect(code).toBe(130);
    expect(stderr).toContain('run it again to go on');
    expect(store.status().films).toBe(10);
  });

  test.each([
    [['--min-rating', '11'], /min_rating/],
    [['--target', '0'], /target/],
    [['--language', 'english'], /ISO 639-1/],
    [['--year-from', '2000', '--year-to', '1990'], /must not be before year_from/],
    [['--reset', '--refresh'], /exclude each other/],
  ])('%j is a wrong use', async (args, message) => {
    expect(await newWorld().run('ingest', ...args)).toMatchObject({ code: 2, stderr: expect.stringMatching(message) });
  });
});

/** Resolves when the events of an update have been asked for so many times from now on. */
function followed(updates: UpdateService, times = 1): Promise<void> {
  const events = updates.events.bind(updates);
  let left = times;
  return new Promise((resolve) => {
    updates.events = (id) => {
      left -= 1;
      if (left === 0) resolve();
      return events(id);
    };
  });
}

describe('ingest, where a server holds the catalogue', () => {
  async function served() {
    const processes = new Processes(stub);
    cleanUps.push(() => processes.close());
    const updates = processes.start();
    const { store } = processes;
    const keys = new ApiKeys(store.records);
    const key = await keys.create();
    const adminGuard = createAdminGuard(keys, silent());
    const features = [createUpdateRoutes(updates)];
    const server = createServer(testApp({ store, features, adminGuard }).app);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    cleanUps.push(() => {
      server.closeAllConnections();
      server.close();
    });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const world = newWorld();
    world.locked = true;
    writeServerFile(world.dataDir, { pid: 1, url });
    // The key of TMDB is the server's.
    world.env = { CINEMATCH_KEY: key };
    return { world, store, updates, url, key, server };
  }

  test('the server does it, and its progress is shown', async () => {
    const { world, store, updates } = await served();
    stub.gate.close();
    void followed(updates).then(() => stub.gate.open());
    const { code, stdout, stderr } = await world.run('ingest', '--target', '15', ...EVERYTHING);
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'Done: 15 new, 0 updated, 0 unchanged, 0 failed.\n' });
    expect(stderr).toMatch(/Ingesting: \d+ of \d+ films/);
    expect(store.status().films).toBe(15);
    expect((await updates.list())[0]).toMatchObject({ state: 'succeeded', options: { target: 15, min_rating: 0 } });
  });

  test('an interrupt cancels what the command started', async () => {
    const { world, updates } = await served();
    stub.gate.close(10);
    const running = world.run('ingest', '--target', '80', ...EVERYTHING);
    await stub.gate.held(concurrency);
    world.interrupt.abort();
    expect((await running).code).toBe(130);
    expect((await updates.list())[0]).toMatchObject({ state: 'cancelled' });
  });

  test('an interrupt that comes while the server is asked cancels what it then starts', async () => {
    const { world, updates } = await served();
    stub.gate.close();
    const trigger = updates.trigger.bind(updates);
    updates.trigger = (...args) => {
      world.interrupt.abort();
      return trigger(...args);
    };
    expect((await world.run('ingest', '--target', '80', ...EVERYTHING)).code).toBe(130);
    expect((await updates.list())[0]).toMatchObject({ state: 'cancelled' });
  });

  test('a running update is joined, and an interrupt only lets go of it', async () => {
    const { world, updates } = await served();
    stub.gate.close();
    const { update } = await updates.trigger({ target: 80, min_rating: 0, min_votes: 0 });
    const joined = followed(updates);
    const running = world.run('ingest', '--target', '1');
    await Promise.all([joined, stub.gate.held(concurrency)]);
    world.interrupt.abort();
    const { stdout, stderr } = await running;
    expect(stderr).toContain('An update is running already');
    expect(stdout).toContain('Still running');
    expect((await updates.get(update.id))?.state).toBe('running');
  });

  test('what is told of an update that was joined is about that one', async () => {
    const { world, updates } = await served();
    stub.gate.close();
    const { update } = await updates.trigger({ target: 40, min_rating: 0, min_votes: 0 });
    void followed(updates).then(() => stub.gate.open());
    const { code, stdout } = await world.run('ingest', '--target', '1', '--dry-run');
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'Done: 40 new, 0 updated, 0 unchanged, 0 failed.\n' });
    expect((await updates.list()).map(({ id }) => id)).toEqual([update.id]);
  });

  test('a broken stream is taken up again', async () => {
    const { world, updates, server, store } = await served();
    stub.gate.close(32);
    const running = world.run('ingest', '--target', '40', ...EVERYTHING, '--json');
    await until(() => store.status().films === 32);
    const again = followed(updates);
    server.closeAllConnections();
    await again;
    stub.gate.open();
    const { code, stdout } = await running;
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ state: 'succeeded', progress: { new: 40 } });
  });

  test('its failure is told in its words', async () => {
    const { world } = await served();
    const failing = await world.run('ingest', '--genre', 'Nonsense');
    expect(failing.code).toBe(1);
    expect(failing.stderr).toMatch(/Nonsense/);
  });

  test('without a key, or with a wrong one, it says what is missing', async () => {
    const { world, url } = await served();
    delete world.env.CINEMATCH_KEY;
    expect(await world.run('ingest')).toMatchObject({ code: 1, stderr: expect.stringContaining('wants an admin key') });
    const wrong = await world.run('ingest', '--server', url, '--key', 'cm_wrong');
    expect(wrong).toMatchObject({ code: 1, stderr: expect.stringContaining('The key is not known') });
  });
});
