import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { isNativeError } from 'node:util/types';
import { Worker } from 'node:worker_threads';
import * as native from '../../native';
import { attachEmbeddedStores, openEmbeddedStores } from '../../src/store/embedded-store';
import type { MovieStore } from '../../src/store/movie-store';
import type { Stores } from '../../src/store/stores';
import { engineOptions, ROOT, removeTemporaryDirs, STARTER_MOVIES, temporaryDir } from './engine-files';

const dataDir = temporaryDir();
let stores: Stores;
let store: MovieStore;

beforeAll(async () => {
  stores = openEmbeddedStores(engineOptions(dataDir));
  store = stores.movies;
  await store.upsert(STARTER_MOVIES.slice(0, 60));
});

afterAll(async () => {
  await stores.close();
  removeTemporaryDirs();
});

/** Runs code in a worker thread that has `store` attached; resolves with its one message, or when it ends. */
function inWorker(code: string): { worker: Worker; message: Promise<unknown> } {
  const module = path.join(ROOT, 'dist', 'store', 'embedded-store.js');
  const start = `const { parentPort } = require('node:worker_threads');
    const { movies: store } = require(${JSON.stringify(module)}).attachEmbeddedStores(${JSON.stringify(dataDir)});`;
  const worker = new Worker(`${start}(async () => { ${code} })();`, { eval: true });
  const message = new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => resolve(undefined));
  });
  return { worker, message };
}

const film = (id: number) => JSON.stringify({ ...STARTER_MOVIES[0], tmdb_id: id, title: `Worker ${id}` });

test('a worker searches and stores in the one engine of the process', async () => {
  const { message } = inWorker(`
    await store.upsert([${film(2_000_000)}]);
    parentPort.postMessage((await store.search({ text: 'a ship', limit: 5 })).hits);`);
  const hits = await message;
  expect((await store.search({ text: 'a ship', limit: 5 })).hits).toEqual(hits);
  expect(await store.get(2_000_000)).toMatchObject({ title: 'Worker 2000000' });
});

test('workers that are ended in the middle of their work take nothing down', async () => {
  for (let round = 0; round < 10; round++) {
    const { worker, message } = inWorker(`
      parentPort.postMessage('started');
      for (let i = 0; ; i++) {
        store.search({ text: 'ship ' + i, limit: 5 });
        await store.upsert([{ ...${film(3_000_000)}, overview: 'Round ${round} ' + i }]);
      }`);
    await message;
    await new Promise((resolve) => setTimeout(resolve, round * 5));
    await worker.terminate();
  }
  expect((await store.search({ text: 'a ship', limit: 5 })).hits).toHaveLength(5);
  const { inserted, updated, unchanged } = await store.upsert([JSON.parse(film(3_000_000))]);
  expect([...inserted, ...updated, ...unchanged]).toEqual([3_000_000]);
  const { title, overview } = JSON.parse(film(3_000_000));
  expect(await store.get(3_000_000)).toMatchObject({ title, overview });
});

test('a directory that this process has not opened cannot be attached', () => {
  expect(() => attachEmbeddedStores('/nowhere')).toThrow(expect.objectContaining({ code: 'closed' }));
});

test('a second open of a directory is told who holds it', () => {
  expect(() => openEmbeddedStores(engineOptions(dataDir))).toThrow(
    expect.objectContaining({ code: 'data_dir_locked', message: expect.stringContaining(`process ${process.pid}`) }),
  );
});

test('thousands of questions at once are answered or refused, and all settle', async () => {
  const asked = Array.from({ length: 5_000 }, (_, i) => store.search({ text: `a ship ${i % 7}`, limit: 3 }));
  const settled = await Promise.allSettled(asked);
  const answered = settled.filter(({ status }) => status === 'fulfilled').length;
  const codes = new Set(settled.flatMap((each) => (each.status === 'rejected' ? [each.reason.code] : [])));
  expect(answered).toBeGreaterThanOrEqual(1_000);
  expect([...codes]).toEqual(answered === settled.length ? [] : ['overloaded']);
  expect((await store.search({ text: 'a ship', limit: 1 })).hits).toHaveLength(1);
});

test('garbage never ends the process', async () => {
  const garbage: unknown[] = [
    undefined,
    null,
    0,
    -1,
    1e300,
    Number.NaN,
    '',
    '\0',
    '\ud800',
    'x'.repeat(100_000),
    [],
    {},
  ];
  garbage.push(
    [null],
    { length: 5 },
    () => {},
    Symbol('s'),
    10n,
    new Proxy({}, {}),
    new Uint8Array(3),
    new Date(Number.NaN),
  );
  const engine = native.attachEngine(dataDir) as unknown as Record<string, (...args: unknown[]) => unknown>;
  const methods = ['search', 'recommend', 'resolve', 'suggest', 'get', 'list', 'delete', 'getRecord', 'listRecords'];
  for (const method of [...methods, 'putRecord', 'deleteRecord', 'upsert', 'status', 'fetchTimes']) {
    for (const value of garbage) {
      for (const args of [
        [value],
        [value, value],
        [value, value, value],
        [jsonOf({ text: value, limit: value, filters: value })],
        [jsonOf(value), jsonOf(value), jsonOf(value)],
      ]) {
        await attempt(() => engine[method]?.(...args));
      }
    }
  }
  for (const value of garbage) {
    await attempt(() => (native.openEngine as (...args: unknown[]) => unknown)(value, value));
    await attempt(() => native.attachEngine(value as string));
    await attempt(() => store.search({ text: 'x', limit: value as number, offset: value as number }));
    await attempt(() => store.upsert([{ ...STARTER_MOVIES[0], tmdb_id: 4_000_000, cast: value } as never]));
  }
  expect((await store.search({ text: 'a ship', limit: 1 })).hits).toHaveLength(1);
});

/** A data directory with some films that no engine of this process holds. */
async function directoryWithFilms(): Promise<string> {
  const dir = temporaryDir();
  const own = openEmbeddedStores(engineOptions(dir));
  await own.movies.upsert(STARTER_MOVIES.slice(0, 10));
  await own.close();
  return dir;
}

/** Runs `child-once.js`; resolves with the code or the signal that ended it. */
function runOnce(options: string, way: string, env = process.env): Promise<unknown> {
  const child = spawn(process.execPath, [path.join(__dirname, 'child-once.js'), options, way], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return new Promise((resolve) => child.on('close', (code, signal) => resolve(signal ?? code)));
}

/** What JSON makes of it, if anything. */
function jsonOf(value: unknown): unknown {
  try {
    return JSON.stringify(value);
  } catch {
    return value; // a bigint, say
  }
}

async function attempt(call: () => unknown): Promise<void> {
  try {
    await call();
  } catch (error) {
    expect(isNativeError(error)).toBe(true); // of whichever realm
  }
}

test('the engine tells nobody that it is used, and leaves nothing in the home directory', async () => {
  const home = temporaryDir();
  const options = JSON.stringify(engineOptions(await directoryWithFilms()));
  // Nothing else of the environment: where ONNX Runtime sees that it is tested, it tells nothing anyway.
  const env = { PATH: process.env.PATH, HOME: home, USERPROFILE: home };
  expect(await runOnce(options, 'close', env)).toBe(0);
  expect(readdirSync(home)).toEqual([]);
});

test('a process that used the engine ends with code 0, 100 times in a row', async () => {
  const dir = await directoryWithFilms();
  const options = JSON.stringify({ ...engineOptions(dir), query_threads: 1, bulk_threads: 1 });
  const ways = ['close', 'exit', 'exit-busy', 'leave'];
  const ends: unknown[] = [];
  for (let run = 0; run < 100; run++) {
    const way = ways[run % ways.length] ?? '';
    ends.push(await runOnce(options, way));
  }
  expect(ends).toEqual(Array(100).fill(0));
}, 600_000);
