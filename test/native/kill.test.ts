import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { openEmbeddedStores } from '../../src/store/embedded-store';
import { engineOptions, ROOT, removeTemporaryDirs, temporaryDir } from './engine-files';

/** How often the writer is killed; CINEMATCH_TEST_KILLS for more. */
const KILLS = Number(process.env.CINEMATCH_TEST_KILLS ?? 30);
/** Kills between two looks at what is left. */
const KILLS_A_LOOK = 6;

afterAll(removeTemporaryDirs);

const FILMS = path.join(ROOT, 'data', 'starter-films.jsonl');
/** How long the last first batch took; kills come within the batch that they are meant for, however fast the machine is. */
let batchMs = 0;

/**
 * Runs the writer and kills it at a random moment of its first batch, or, the odd times, of what it does after it has reported
 * one; what it reported as stored goes into `stored`.
 */
async function writeUntilKilled(dataDir: string, kill: number, stored: Map<number, string>): Promise<void> {
  const args = [path.join(__dirname, 'child-writer.js'), JSON.stringify(engineOptions(dataDir)), FILMS, String(kill)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<NodeJS.Signals | null>((resolve) => child.on('close', (_, signal) => resolve(signal)));
  let killing: NodeJS.Timeout | undefined;
  const killWithinBatch = () => {
    killing ??= setTimeout(() => child.kill('SIGKILL'), Math.random() * batchMs);
  };
  let opened = 0;
  for await (const line of createInterface(child.stdout)) {
    if (line === 'open') {
      opened = performance.now();
      if (kill % 2 === 0) killWithinBatch();
    } else if (line.endsWith('}')) {
      if (killing === undefined) batchMs = performance.now() - opened;
      killWithinBatch();
      const { id, overview } = JSON.parse(line);
      stored.set(id, overview);
    }
  }
  expect(await ended).toBe('SIGKILL');
}

test(`${KILLS} kills in the middle of writing lose no film that was reported as stored`, async () => {
  const dataDir = temporaryDir();
  const stored = new Map<number, string>();
  for (let kill = 1; kill <= KILLS; kill++) {
    await writeUntilKilled(dataDir, kill, stored);
    if (kill % KILLS_A_LOOK !== 0 && kill !== KILLS) continue;
    const { movies: store, close } = openEmbeddedStores(engineOptions(dataDir));
    const listed = await store.fetchTimes();
    const { films: found, pending, details } = store.status();
    expect([found, details.indexed_vectors, pending]).toEqual([listed.length, String(listed.length), 0]);
    const ids = [...stored.keys()];
    const films = await Promise.all(ids.map((id) => store.get(id)));
    // A batch that was committed but not reported any more may have given a film newer words; the rest stays.
    const words = (text = '') => text.replace(/^\d+ \d+ /, '');
    expect(films.map((film) => words(film?.overview))).toEqual(ids.map((id) => words(stored.get(id))));
    for (const film of films.slice(0, 40)) {
      const { hits } = await store.search({ text: film?.overview ?? '', limit: 3, mode: 'semantic' });
      expect(hits.map(({ id }) => id)).toContain(film?.tmdb_id);
      const [named] = await store.resolve([film?.tmdb_id ?? 0]);
      expect(named?.movie?.title).toBe(film?.title);
    }
    await close();
  }
  expect(stored.size).toBeGreaterThan(100);
}, 600_000);
