import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { FakeMovieStore } from '../../fake-store/fake-movie-store';
import { TestWorld } from './helpers';

const film = (id: number, more: object = {}) => `${JSON.stringify({ tmdb_id: id, title: `Film ${id}`, ...more })}\n`;

function worldWith(content: string): { world: TestWorld; file: string } {
  const world = new TestWorld();
  world.store = new FakeMovieStore();
  const file = path.join(world.dataDir, 'films.jsonl');
  writeFileSync(file, content);
  return { world, file };
}

test('tells what was stored, replaced, ignored and refused', async () => {
  const { world, file } = worldWith(`${film(1)}${film(1, { budget: 3 })}nonsense\n${film(2)}`);
  const { code, stdout, stderr } = await world.run('import', file);
  expect(code).toBe(0);
  expect(stdout).toContain('2 films stored');
  expect(stdout).toContain('2 new, 0 changed');
  expect(stdout).toContain(`${file}:1: film 1 is again in ${file}:2`);
  expect(stdout).toContain('does not keep: budget.');
  expect(stdout).toMatch(new RegExp(`1 row not taken:\n  ${file}:3: not JSON`));
  expect(stderr).toMatch(/Importing: 2 of 2 films/);
});

test('cuts the list of bad rows, and writes all of them to a file', async () => {
  const { world, file } = worldWith(film(1) + 'bad\n'.repeat(25));
  const errors = path.join(world.dataDir, 'errors.jsonl');
  const { stdout } = await world.run('import', file, '--errors', errors);
  expect(stdout.match(/: not JSON/g)).toHaveLength(10);
  expect(stdout).toContain('… and 15 more');
  const all = readFileSync(errors, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(all).toHaveLength(25);
  expect(all[24]).toEqual({ file, line: 26, reason: expect.stringContaining('not JSON') });
});

test('tells what a film was stored without', async () => {
  const { world, file } = worldWith(film(1, { runtime: 'long' }));
  const errors = path.join(world.dataDir, 'errors.jsonl');
  const { code, stdout } = await world.run('import', file, '--errors', errors);
  expect(code).toBe(0);
  expect(stdout).toContain(
    `1 row taken without what is wrong in it, all in ${errors}:\n  ${file}:1: runtime is not a number`,
  );
  expect(JSON.parse(readFileSync(errors, 'utf8'))).toEqual({
    file,
    line: 1,
    reason: 'runtime is not a number',
    stored: true,
  });
});

test('writes JSON for programs, and no progress', async () => {
  const { world, file } = worldWith(`${film(1)}bad\n`);
  const { code, stdout, stderr } = await world.run('import', file, '--json');
  expect(JSON.parse(stdout)).toMatchObject({
    inserted: 1,
    total: 1,
    problemCount: 1,
    faultCount: 0,
    duplicateCount: 0,
    interrupted: false,
  });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});

test('an interrupt says how to go on', async () => {
  const { world, file } = worldWith(film(1));
  world.interrupt.abort();
  const { code, stdout, stderr } = await world.run('import', file);
  expect(code).toBe(130);
  expect(stdout).toContain('0 films stored');
  expect(stderr).toContain('Run the same command again');
});

test.each([
  ['a missing file', '/nowhere/films.jsonl', /No such file: \/nowhere\/films\.jsonl/],
  ['a folder', __dirname, /Is a folder/],
  ['a file of another kind', __filename, /is neither JSONL/],
])('%s is one clear message', async (_, file, message) => {
  const { code, stderr } = await new TestWorld().run('import', file);
  expect(code).toBe(1);
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/^ +at /m);
});

test('files without a single film are a failure', async () => {
  const { world, file } = worldWith('{"tmdb_id": 1}\n');
  expect(await world.run('import', file)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('No film was found'),
  });
});

test('beside a server it says who has the directory, and that it needs it for itself', async () => {
  const { world, file } = worldWith(film(1));
  world.locked = true;
  expect(await world.run('import', file)).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/in use by cinematch serve\. .*for itself: stop that process/),
  });
});
