import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ApiKeys } from '../../../src/auth/api-keys';
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
    expect(JSON.parse((await world.run('keys', 'list', '--json')).stdout)).toEqual({ keys: 1, configured: false });
  });

  test('the key of the configuration is mentioned and never shown', async () => {
    const world = new TestWorld();
    world.env.ADMIN_API_KEY = 'a-secret-of-mine';
    const { stdout } = await world.run('keys');
    expect(stdout).toBe('0 keys, and ADMIN_API_KEY\n');
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
