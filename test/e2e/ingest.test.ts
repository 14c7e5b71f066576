import { existsSync } from 'node:fs';
import path from 'node:path';
import { removeTemporaryDirs, temporaryDir } from '../native/engine-files';
import { generateFilms } from '../tmdb-stub/generate-films';
import { TmdbStub } from '../tmdb-stub/server';
import { ADMIN_KEY, cinematch, ServerProcess } from './server-process';

const KEY = 'sesame0123456789';
const FILMS = generateFilms(90);
/** Requests side by side. Where so many wait for their answer, all before them were answered and taken in. */
const CONCURRENCY = 8;
const ALL = FILMS.map(({ tmdb_id }) => tmdb_id);

const dataDir = path.join(temporaryDir(), 'data');
let stub: TmdbStub;

beforeAll(async () => {
  stub = await TmdbStub.start({ films: FILMS, key: KEY });
});

afterAll(async () => {
  await stub?.close();
  removeTemporaryDirs();
});

beforeEach(() => stub.clearLog());
afterEach(() => stub.gate.open());

type Watch = Parameters<typeof cinematch>[2];

/** What a command, or a server, reaches the stub with. */
function tmdbVariables(): Record<string, string> {
  return {
    TMDB_API_KEY: KEY,
    TMDB_BASE_URL: stub.baseUrl,
    TMDB_REQUESTS_PER_SECOND: '32',
    TMDB_CONCURRENCY: String(CONCURRENCY),
  };
}

/** Runs a command on the data directory, with the key of TMDB and the stub in its place. */
function run(args: string[], variables: Record<string, string> = {}, watch?: Watch) {
  return cinematch(args, { DATA_DIR: dataDir, ...tmdbVariables(), ...variables }, watch);
}

/** Presses Ctrl-C when so many films were fetched, and no other can be. */
function interruptAfter(films: number): Watch {
  stub.gate.close(films);
  return (child) => void stub.gate.held(CONCURRENCY).then(() => child.kill('SIGINT'));
}

const sorted = (ids: number[]) => [...ids].sort((a, b) => a - b);

/** Ids of the films that a search for words finds; all have the words "someone finds". */
async function search(words: string): Promise<number[]> {
  const { stdout } = await run(['search', words, '--mode', 'lexical', '--json', '-k', '100']);
  return (JSON.parse(stdout).results as { movie_id: number }[]).map(({ movie_id }) => movie_id);
}

describe('cinematch ingest', () => {
  test('without a key it says what is missing, and makes nothing', async () => {
    const { ending, stderr } = await run(['ingest'], { TMDB_API_KEY: '' });
    expect(ending).toBe(1);
    expect(stderr).toMatch(/No TMDB key .* Set TMDB_API_KEY/);
    expect([stub.log.length, existsSync(dataDir)]).toEqual([0, false]);
  });

  test("with a wrong key it ends at once, with TMDB's own words and what to do", async () => {
    const { ending, stdout, stderr } = await run(['ingest'], { TMDB_API_KEY: 'wrong0123456789' });
    expect(ending).toBe(1);
    expect(stderr).toMatch(/Invalid API key: You must be granted a valid key\..*Set TMDB_API_KEY/);
    expect(stdout + stderr).not.toContain('wrong0123456789');
    expect(stub.log).toHaveLength(1);
  });

  test('Ctrl-C stops it cleanly, and the next run fetches only what is missing', async () => {
    const stopped = await run(['ingest', '--target', '90'], {}, interruptAfter(40));
    expect(stopped.ending).toBe(130);
    expect(stopped.stderr).toContain('run it again to go on');
    expect(stopped.stdout).toBe('Until then: 40 new, 0 updated, 0 unchanged, 0 failed.\n');
    const stored = sorted(stub.detailsSent);
    expect(stored).toHaveLength(40);
    expect(sorted(await search('someone finds'))).toEqual(stored);

    stub.clearLog();
    stub.gate.open();
    const resumed = await run(['ingest', '--target', '90']);
    expect(resumed).toMatchObject({ ending: 0, stdout: 'Done: 50 new, 0 updated, 40 unchanged, 0 failed.\n' });
    // Two runs in one second are more than TMDB allows: a request may be refused and repeated, but no film is sent twice.
    expect(sorted(stub.detailsSent)).toEqual(ALL.filter((id) => !stored.includes(id)));
  });

  test('a rerun asks for no film that it has', async () => {
    expect((await run(['ingest', '--target', '90'])).stdout).toBe('Done: 0 new, 0 updated, 90 unchanged, 0 failed.\n');
    expect(stub.detailRequests).toEqual([]);
    expect(stub.log.length).toBeGreaterThan(0);
  });

  test('a refresh fetches what changed, and the next search finds the new text and not the old', async () => {
    expect(await search('film 7')).toContain(7);
    stub.catalogue.edit(7, { overview: 'A heron keeps a lamp.' });
    stub.catalogue.edit(8, { vote_count: 12_345 });
    stub.catalogue.edit(9, {}); // in the feed of changes, and still the same
    stub.clearLog();
    const { ending, stdout } = await run(['ingest', '--refresh']);
    expect({ ending, stdout }).toEqual({
      ending: 0,
      stdout: '90 films looked at; 3 fetched again.\nDone: 0 new, 2 updated, 1 unchanged, 0 failed.\n',
    });
    expect(sorted(stub.detailsSent)).toEqual([7, 8, 9]);
    expect(await search('heron lamp')).toEqual([7]);
  });

  test('a dry run only tells', async () => {
    const { stdout } = await run(['ingest', '--reset', '--target', '20', '--dry-run']);
    expect(stdout).toBe('90 films match at TMDB; 20 of 20 would be fetched, 70 removed.\n');
    expect(stub.detailRequests).toEqual([]);
  });

  test('a reset leaves the films that are wanted, and no other', async () => {
    const { ending, stdout } = await run(['ingest', '--reset', '--target', '20']);
    expect(ending).toBe(0);
    expect(stdout).toBe('Done: 0 new, 0 updated, 20 unchanged, 0 failed, 70 removed.\n');
    expect(sorted(stub.detailsSent)).toEqual(ALL.slice(0, 20));
    // The text of film 7 is another one by now.
    expect(sorted(await search('someone finds'))).toEqual(ALL.slice(0, 20).filter((id) => id !== 7));
    expect(await search('heron lamp')).toEqual([7]);
  });
});

describe('beside a running server', () => {
  let server: ServerProcess;

  beforeAll(async () => {
    server = await ServerProcess.start(dataDir, { STARTER_FILMS: 'false', ...tmdbVariables() });
  });

  afterAll(() => server?.end('SIGKILL'));

  test('the server does the work, with its own key of TMDB, and its progress is shown', async () => {
    const { ending, stdout, stderr } = await run(['ingest', '--target', '60'], {
      TMDB_API_KEY: '',
      CINEMATCH_KEY: ADMIN_KEY,
    });
    expect({ ending, stdout }).toEqual({ ending: 0, stdout: 'Done: 40 new, 0 updated, 20 unchanged, 0 failed.\n' });
    expect(stderr).toMatch(/^Ingesting: \d+ of 60 films/m);
    expect(sorted(stub.detailsSent)).toEqual(ALL.slice(20, 60));
    const { updates } = await server.json<{ updates: object[] }>('GET', '/admin/updates');
    expect(updates).toEqual([expect.objectContaining({ state: 'succeeded', options: { target: 60 } })]);
    expect(await server.json('GET', '/about')).toMatchObject({ movies: 60 });
  });

  test("a changed text is found by the server's very next search", async () => {
    stub.catalogue.edit(30, { overview: 'An otter mends a clock.' });
    const { stdout } = await run(['ingest', '--refresh'], { CINEMATCH_KEY: ADMIN_KEY });
    expect(stdout).toMatch(/^Done: 0 new, 1 updated, \d unchanged, 0 failed\.$/m);
    const hits = await server.json<{ movie_id: number }[]>('POST', '/search', {
      query: 'otter clock',
      mode: 'lexical',
    });
    expect(hits[0]?.movie_id).toBe(30);
  });

  test('Ctrl-C cancels the update that the command started', async () => {
    const { ending, stderr } = await run(
      ['ingest', '--reset', '--target', '90'],
      { CINEMATCH_KEY: ADMIN_KEY },
      interruptAfter(10),
    );
    expect(ending).toBe(130);
    expect(stderr).toContain('Stopped.');
    const { updates } = await server.json<{ updates: object[] }>('GET', '/admin/updates');
    expect(updates[0]).toMatchObject({ state: 'cancelled' });
    expect(await server.json('GET', '/about')).toMatchObject({ movies: 60 });
  });

  test('without an admin key, or with a wrong one, it says so', async () => {
    const none = await run(['ingest']);
    expect(none).toMatchObject({ ending: 1, stderr: expect.stringContaining('wants an admin key') });
    const wrong = await run(['ingest'], { CINEMATCH_KEY: 'wrong0123456789' });
    expect(wrong).toMatchObject({ ending: 1, stderr: expect.stringContaining('The key is not known') });
    expect(stub.log).toEqual([]);
  });

  test('a key is made through it, and opens its routes', async () => {
    const { ending, stdout } = await run(['keys', 'create'], { CINEMATCH_KEY: ADMIN_KEY });
    expect(ending).toBe(0);
    const headers = { 'x-api-key': stdout.trim() };
    const counted = await fetch(new URL('/admin/keys', server.url), { headers });
    expect(await counted.json()).toEqual({ count: 1, configured: true });
  });

  test('a second server on its port ends before it makes a catalogue', async () => {
    const other = path.join(temporaryDir(), 'other');
    const { port } = new URL(server.url);
    const { ending, stderr } = await run(['serve'], { DATA_DIR: other, HOST: '127.0.0.1', PORT: port });
    expect(ending).toBe(1);
    expect(stderr).toContain(`Port ${port} is in use`);
    expect(existsSync(other)).toBe(false);
  });
});
