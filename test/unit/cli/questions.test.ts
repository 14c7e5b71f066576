import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcp, type Server } from 'node:net';
import { writeServerFile } from '../../../src/server-file';
import { FakeMovieStore } from '../../fake-store/fake-movie-store';
import { testApp } from '../../fixtures/app';
import { FILMS, TestWorld } from './helpers';

const titles = (stdout: string) =>
  (JSON.parse(stdout) as { results: { title: string }[] }).results.map(({ title }) => title);

describe('search', () => {
  test('writes a line a film for people', async () => {
    const { code, stdout, stderr } = await new TestWorld().run('search', 'romance', 'on', 'a', 'sinking', 'ship');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.split('\n')[0]).toMatch(/^ {2}1 {2}\d\.\d{3} {2}Titanic \(1997\) {2}James Cameron · Drama, Romance$/);
  });

  test('writes JSON for programs, and nothing else', async () => {
    const { stdout } = await new TestWorld().run('search', 'ship', '--json', '-k', '1');
    const answer = JSON.parse(stdout);
    expect(answer.results).toHaveLength(1);
    expect(answer.results[0]).toMatchObject({ movie_id: expect.any(Number), score: expect.any(Number) });
  });

  test('filters', async () => {
    const world = () => new TestWorld();
    expect(titles((await world().run('search', 'ship', '--json', '--year-to', '1980')).stdout)).toEqual(['Alien']);
    expect(titles((await world().run('search', 'hunts', '--json', '--genre', 'Action')).stdout)).toEqual([
      'The Terminator',
    ]);
    expect(
      titles(
        (await world().run('search', 'ship', '--json', '--exclude', 'Alien', '--director', 'Ridley Scott')).stdout,
      ),
    ).toEqual([]);
    expect((await world().run('search', 'ship', '--year-from', '2020')).stdout).toBe('No film passes the filters.\n');
  });

  test.each([
    [['search'], /missing required argument 'text'/],
    [['search', 'x', '-k', 'many'], /must be a number/],
    [['search', 'x', '-k', '101'], /k: /],
    [['search', 'x', '--mode', 'magic'], /Allowed choices are hybrid, semantic, lexical/],
    [['search', ' '], /query: must not be blank/],
    [['search', 'x', '--nonsense'], /unknown option '--nonsense'/],
    [['recommend'], /--like or --dislike/],
    [['nonsense'], /unknown command 'nonsense'/],
    [[], /Usage: cinematch/],
  ])('%j is a wrong use', async (args, message) => {
    const { code, stdout, stderr } = await new TestWorld().run(...args);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^ +at /m);
  });
});

test('help and version are no errors', async () => {
  expect(await new TestWorld().run('--help')).toMatchObject({
    code: 0,
    stderr: '',
    stdout: expect.stringContaining('Usage:'),
  });
  expect((await new TestWorld().run('--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

describe('similar and recommend', () => {
  test('by title, without the film itself', async () => {
    const found = titles((await new TestWorld().run('similar', 'the', 'terminator', '--json')).stdout);
    expect(found.sort()).toEqual(['Alien', 'Titanic']);
  });

  test('liked films, one a word', async () => {
    const found = titles(
      (await new TestWorld().run('recommend', '--like', 'Alien', '348', '--dislike', 'Titanic', '--json')).stdout,
    );
    expect(found).toEqual(['The Terminator']);
  });

  test('an unknown title is one clear message', async () => {
    const { code, stderr } = await new TestWorld().run('similar', 'Nothing of the kind');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: No film in the catalogue is called "Nothing of the kind"/);
  });
});

describe('where a server holds the catalogue', () => {
  const servers: Server[] = [];
  afterAll(() => {
    for (const server of servers) server.close();
  });

  async function servedWorld(): Promise<TestWorld> {
    const world = new TestWorld();
    world.locked = true;
    const store = new FakeMovieStore(FILMS);
    const { app } = testApp({ store });
    const server = createServer(app);
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    writeServerFile(world.dataDir, { pid: 1, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
    return world;
  }

  test('questions go to the server and answer the same', async () => {
    const served = await servedWorld();
    for (const args of [
      ['search', 'sinking', 'ship', '--json', '--year-to', '1999'],
      ['similar', 'Alien', '--json'],
      ['recommend', '--like', 'Alien', '--json'],
    ]) {
      const here = await new TestWorld().run(...args);
      expect(here.code).toBe(0);
      expect(await served.run(...args)).toEqual(here);
    }
  });

  test("the server's problems are told in its words", async () => {
    const { code, stderr } = await (await servedWorld()).run('similar', 'Nothing of the kind');
    expect(code).toBe(1);
    expect(stderr).toMatch(/No film in the catalogue is called "Nothing of the kind"/);
  });

  test('import and keys say who holds it', async () => {
    const world = await servedWorld();
    const imported = await world.run('import', '/nowhere.jsonl');
    expect(imported).toMatchObject({ code: 1, stderr: expect.stringContaining('in use by cinematch serve') });
    const keys = await world.run('keys', 'create');
    expect(keys).toMatchObject({ code: 1, stderr: expect.stringContaining('stop the server') });
  });

  test('a server that does not answer is told, and a holder without an address too', async () => {
    const world = new TestWorld();
    world.locked = true;
    expect(await world.run('search', 'x')).toMatchObject({ code: 1, stderr: expect.stringContaining('in use by') });
    const unused = createTcp();
    await new Promise<void>((resolve) => unused.listen(0, '127.0.0.1', resolve));
    const { port } = unused.address() as AddressInfo;
    await new Promise((resolve) => unused.close(resolve));
    writeServerFile(world.dataDir, { pid: 1, url: `http://127.0.0.1:${port}` });
    expect(await world.run('search', 'x')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('does not answer'),
    });
  });
});
