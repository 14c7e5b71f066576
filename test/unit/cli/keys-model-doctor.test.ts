import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import pino from 'pino';
import { createAdminGuard } from '../../../src/auth/admin-guard';
import { ApiKeys } from '../../../src/auth/api-keys';
import { createKeyRoutes } from '../../../src/auth/key-routes';
import { writeServerFile } from '../../../src/server-file';
import { testApp } from '../../fixtures/app';
import { TestWorld, temporaryFolder } from './helpers';

describe('keys', () => {
  test('a new key works, is shown once, and is counted', async () => {
    const world = new TestWorld();
    world.store.close = async () => {};
    expect((await world.run('keys')).stdout).toBe('0 keys\n');
    const created = await world.run('keys', 'create');
    expect(created.stdout).toMatch(/^cm_\S{43}\n$/);
    expect(created.stderr).toContain('not shown again');
    expect(await new ApiKeys(world.store.records).allows(created.stdout.trim(), 'admin')).toBe(true);
    expect((await world.run('keys', 'list')).stdout).toBe('1 key\n');
    expect(JSON.parse((await world.run('keys', 'list', '--json')).stdout)).toEqual({ count: 1, configured: false });
  });

  test('the key of the configuration is mentioned and never shown', async () => {
    const world = new TestWorld();
    world.env.ADMIN_API_KEY = 'a-secret-of-mine';
    const { stdout } = await world.run('keys');
    expect(stdout).toBe('0 keys, and ADMIN_API_KEY\n');
  });
});

describe('keys, where a server holds the data directory', () => {
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close().closeAllConnections();
  });

  async function served() {
    const world = new TestWorld();
    const { records } = world.store;
    const keys = new ApiKeys(records);
    const key = await keys.create();
    const logger = pino({ level: 'silent' });
    const adminGuard = createAdminGuard(keys, logger);
    const features = [createKeyRoutes(keys)];
    const server = createServer(testApp({ store: world.store, features, adminGuard }).app);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    servers.push(server);
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    writeServerFile(world.dataDir, { pid: 1, url });
    world.locked = true;
    return { world, records, key, url };
  }

  test('the server makes and counts them', async () => {
    const { world, records, key } = await served();
    world.env.CINEMATCH_KEY = key;
    const created = await world.run('keys', 'create');
    expect(created).toMatchObject({ code: 0, stdout: expect.stringMatching(/^cm_\S{43}\n$/) });
    expect(await new ApiKeys(records).allows(created.stdout.trim(), 'admin')).toBe(true);
    delete world.env.CINEMATCH_KEY;
    const listed = await world.run('keys', 'list', '--json', '--key', created.stdout.trim());
    expect(JSON.parse(listed.stdout)).toEqual({ count: 2, configured: false });
  });

  test('the one that is named is asked, wherever the directory is', async () => {
    const { world, key, url } = await served();
    world.locked = false;
    expect((await world.run('keys', 'list', '--server', url, '--key', key)).stdout).toBe('1 key\n');
  });

  test('without a key, or with a wrong one, it says what helps', async () => {
    const { world, records } = await served();
    expect(await world.run('keys', 'create')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/wants an admin key: .*--key, CINEMATCH_KEY or ADMIN_API_KEY.*stop the server/),
    });
    const wrong = await world.run('keys', 'create', '--key', 'cm_wrong');
    expect(wrong).toMatchObject({ code: 1, stderr: expect.stringContaining('The key is not known') });
    expect(await records.list('api_keys')).toHaveLength(1);
  });

  test('a directory that no server holds, or one that does not answer, is told with its holder', async () => {
    const world = new TestWorld();
    world.locked = true;
    expect((await world.run('keys')).stderr).toMatch(/in use by cinematch serve, which is not a server/);
    writeServerFile(world.dataDir, { pid: 1, url: 'http://127.0.0.1:1' });
    expect((await world.run('keys', '--key', 'any')).stderr).toMatch(
      /in use by cinematch serve\. The server at \S+ does not answer .* run this again/,
    );
  });
});

describe('model', () => {
  test('status tells, verify fails where a file is missing or damaged', async () => {
    const world = new TestWorld();
    const modelDir = temporaryFolder();
    world.env.MODEL_DIR = modelDir;
    const folder = path.join(modelDir, 'all-MiniLM-L6-v2-int8');
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'model.onnx'), 'cut off');
    const status = await world.run('model', '--json');
    expect(status.code).toBe(0);
    expect(JSON.parse(status.stdout)).toMatchObject({
      name: 'all-MiniLM-L6-v2-int8',
      folder,
      complete: false,
      files: [
        { file: 'model.onnx', state: 'wrong size' },
        { file: 'tokenizer.json', state: 'missing' },
      ],
    });
    expect(await world.run('model', 'verify')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('model fetch'),
    });
  });
});

describe('doctor', () => {
  test('says what is missing, never the key of TMDB, and fails', async () => {
    const world = new TestWorld();
    world.env = { MODEL_DIR: temporaryFolder(), TMDB_API_KEY: 'sesame-sesame' };
    const { code, stdout } = await world.run('doctor');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^MISSING {2}model .*all-MiniLM-L6-v2-int8/m);
    expect(stdout).toMatch(/^ok {7}TMDB key +set$/m);
    expect(stdout).not.toContain('sesame');
    expect(stdout).toContain(`node ${process.version}`);
  });

  test('as JSON, with the configuration that cannot be read', async () => {
    const world = new TestWorld();
    world.env = { PORT: 'x' };
    const { code, stdout } = await world.run('doctor', '--json');
    expect(code).toBe(1);
    const { healthy, checks } = JSON.parse(stdout);
    expect(healthy).toBe(false);
    expect(checks.at(-1)).toMatchObject({
      name: 'configuration',
      state: 'missing',
      detail: expect.stringContaining('PORT'),
    });
  });
});
