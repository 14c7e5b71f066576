import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import pino from 'pino';
import { parseConfig } from '../../../src/config';
import { type RunningServer, serve } from '../../../src/serve';
import { readServerFile, writeServerFile } from '../../../src/server-file';
import { StoreError } from '../../../src/store/store-error';
import { FakeMovieStore } from '../../fake-store/fake-movie-store';
import { TestWorld, temporaryFolder } from './helpers';

const logger = pino({ level: 'silent' });
const running: RunningServer[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) await server.stop();
});

/** Starts a server on a free port of the loopback. */
async function start(env: Record<string, string> = {}, store = new FakeMovieStore()) {
  const config = parseConfig({ DATA_DIR: temporaryFolder(), PORT: '0', HOST: '127.0.0.1', ...env });
  const keys: string[] = [];
  const server = await serve(config, { logger, open: async () => store.stores(), showNewKey: (key) => keys.push(key) });
  running.push(server);
  return { server, config, keys, store };
}

/** A port that nobody listens on. */
async function freePort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return String(port);
}

const json = async (url: string) => (await fetch(url)).json() as Promise<Record<string, unknown>>;

test('an empty catalogue gets the bundled films; the address is written and taken away', async () => {
  const { server, config, store } = await start();
  expect(await json(server.url)).toEqual({ status: 'online and active!!!', model_loaded: true });
  expect(store.status().films).toBeGreaterThanOrEqual(250);
  expect(store.status().generation).toBe(1);
  expect(readServerFile(config.dataDir)).toEqual({ pid: process.pid, url: server.url });
  running.pop();
  await server.stop();
  expect(existsSync(path.join(config.dataDir, 'server.json'))).toBe(false);
  await expect(store.search({ text: 'x', limit: 1 })).rejects.toMatchObject({ code: 'closed' });
});

const FILM = { tmdb_id: 1, title: 'Mine', overview: '', genres: [], directors: [], cast: [], keywords: [] };

test('the bundled films are left out where there are others, or where they are not wanted', async () => {
  expect((await start({}, new FakeMovieStore([FILM]))).store.status().films).toBe(1);
  const { server, store } = await start({ STARTER_FILMS: 'false' });
  expect(store.status().films).toBe(0);
  expect(await json(server.url)).toMatchObject({ model_loaded: false });
});

test('an admin key is made and shown where none is configured', async () => {
  const { server, keys } = await start({ STARTER_FILMS: 'false' });
  expect(keys).toHaveLength(1);
  const answer = await fetch(`${server.url}/admin/updates`, { headers: { 'x-api-key': keys[0] as string } });
  expect(answer.status).toBe(200);
  expect((await start({ STARTER_FILMS: 'false', ADMIN_API_KEY: 'a-secret-of-mine' })).keys).toEqual([]);
});

describe('a start that fails leaves nothing behind', () => {
  let blocker: Server;
  beforeAll(async () => {
    blocker = createServer();
    await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => void blocker.close());

  test('a port in use, before anything is opened', async () => {
    const { port } = blocker.address() as AddressInfo;
    const config = parseConfig({ DATA_DIR: temporaryFolder(), PORT: String(port), HOST: '127.0.0.1' });
    const open = jest.fn();
    await expect(serve(config, { logger, open })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    expect(open).not.toHaveBeenCalled();
  });

  test('a catalogue that cannot be opened', async () => {
    const config = parseConfig({ DATA_DIR: temporaryFolder(), PORT: await freePort(), HOST: '127.0.0.1' });
    const open = () => Promise.reject(new StoreError('catalogue_damaged', 'it is damaged'));
    // The port is free again, or the second attempt would fail for its sake.
    for (let attempt = 0; attempt < 2; attempt += 1)
      await expect(serve(config, { logger, open })).rejects.toMatchObject({ code: 'catalogue_damaged' });
  });

  test('an address that cannot be written', async () => {
    const store = new FakeMovieStore([FILM]);
    const DATA_DIR = path.join(temporaryFolder(), 'missing');
    await expect(start({ DATA_DIR }, store)).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(store.search({ text: 'x', limit: 1 })).rejects.toMatchObject({ code: 'closed' });
  });
});

test('requests that come while the catalogue is opened are answered when it is', async () => {
  const config = parseConfig({ DATA_DIR: temporaryFolder(), PORT: await freePort(), HOST: '127.0.0.1' });
  let early: Promise<Response> | undefined;
  const open = async () => {
    early = fetch(`http://127.0.0.1:${config.port}/health/live`);
    return new FakeMovieStore([FILM]).stores();
  };
  running.push(await serve(config, { logger, open }));
  expect((await (early as Promise<Response>)).status).toBe(200);
});

describe('where another process is in the way', () => {
  test('a directory in use: who has it, where it answers, and what to do', async () => {
    const world = new TestWorld();
    world.locked = true;
    world.env.PORT = '0';
    const unknown = await world.run('serve');
    expect(unknown).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/in use by cinematch serve\. Stop .*DATA_DIR/),
    });
    writeServerFile(world.dataDir, { pid: 1, url: 'http://localhost:8123' });
    expect((await world.run('serve')).stderr).toContain('answers at http://localhost:8123');
  });

  test('a port in use: which, and whether it is CineMatch that has it', async () => {
    const world = new TestWorld();
    const blocker = createServer();
    await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve));
    const { port } = blocker.address() as AddressInfo;
    world.env = { HOST: '127.0.0.1', PORT: String(port) };
    const other = await world.run('serve');
    expect(other).toMatchObject({ code: 1, stderr: expect.stringContaining(`Port ${port} is in use`) });
    expect(other.stderr).not.toContain('running already');
    writeServerFile(world.dataDir, { pid: 4242, url: `http://127.0.0.1:${port}` });
    expect((await world.run('serve')).stderr).toMatch(/running already: process 4242/);
    blocker.close();
  });
});

test('a stop lets requests in flight end', async () => {
  let release: () => void = () => {};
  const entered = new Promise<void>((inside) => {
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    FakeStoreWithHeldSearch.hold = () => {
      inside();
      return held;
    };
  });
  const { server } = await start({}, new FakeStoreWithHeldSearch());
  const answer = fetch(`${server.url}/search`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"query":"a ship"}',
  });
  await entered;
  running.pop();
  const stopped = server.stop();
  await expect(fetch(server.url)).rejects.toThrow();
  release();
  expect((await answer).status).toBe(200);
  await stopped;
});

class FakeStoreWithHeldSearch extends FakeMovieStore {
  static hold: () => Promise<void> = async () => {};

  override async search(request: Parameters<FakeMovieStore['search']>[0]) {
    await FakeStoreWithHeldSearch.hold();
    return super.search(request);
  }
}
