import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { NO_PROGRESS } from '../../../../src/updates/ingestion/progress';
import type { Update } from '../../../../src/updates/job/update';
import { newUpdate, UpdateRecords } from '../../../../src/updates/job/update-records';
import { Faults, parseFault } from '../../../tmdb-stub/faults';
import { generateFilms } from '../../../tmdb-stub/generate-films';
import type { TmdbStub } from '../../../tmdb-stub/server';
import { contents, expected, ids, SETTINGS, startStub } from '../ingestion/harness';
import { ended, Processes, until } from './service-harness';

const FILMS = generateFilms(120);
/** Requests side by side. Where so many wait for their answer, all before them were answered and taken in. */
const { concurrency } = SETTINGS;

let stub: TmdbStub;
let processes: Processes;
let folder: string;

beforeEach(async () => {
  stub = await startStub(FILMS);
  processes = new Processes(stub);
  folder = mkdtempSync(join(tmpdir(), 'cinematch-updates-'));
});

afterEach(async () => {
  await processes.close();
  await stub.close();
  rmSync(folder, { recursive: true });
});

const ALL = FILMS.map(({ tmdb_id }) => tmdb_id);
const sorted = (numbers: number[]) => [...numbers].sort((a, b) => a - b);

/** A worker that does something else; the code is a CommonJS module. */
function workerOf(code: string) {
  const path = join(folder, 'worker.js');
  writeFileSync(path, `const { parentPort, workerData } = require('node:worker_threads');\n${code}`);
  return { path };
}

describe('an update', () => {
  it('runs in a worker, fills the store and keeps its record', async () => {
    const service = processes.start();
    const { update, joined } = await service.trigger({ target: 40 });
    expect(joined).toBe(false);
    const over = await ended(service, update.id);
    expect(over).toMatchObject({
      state: 'succeeded',
      trigger: 'request',
      options: { target: 40 },
      restarts: 0,
      progress: { phase: 'done', total: 40, done: 40, new: 40, failed: 0 },
      plan: { matching: 120, wanted: 40, fetch: 40 },
      failures: [],
      error: null,
    });
    expect(Date.parse(over.finished_at as string)).toBeGreaterThanOrEqual(Date.parse(over.started_at as string));
    expect(await contents(processes.store)).toEqual(FILMS.slice(0, 40).map(expected));
    expect(await processes.start().get(update.id)).toEqual(over);
  });

  it('is joined by a second trigger', async () => {
    const service = processes.start();
    const [first, second] = await Promise.all([service.trigger({ target: 20 }), service.trigger({ target: 90 })]);
    expect([first.joined, second.joined]).toEqual([false, true]);
    expect(second.update.id).toBe(first.update.id);
    await ended(service, first.update.id);
    expect(await service.list()).toHaveLength(1);
    const third = await service.trigger({ target: 20 });
    expect(third.joined).toBe(false);
    await ended(service, third.update.id);
    expect((await service.list()).map(({ id }) => id)).toEqual([third.update.id, first.update.id]);
  });

  it('can be cancelled; the next one fetches only what is missing', async () => {
    const service = processes.start();
    stub.gate.close(40);
    const { update } = await service.trigger({ target: 120 });
    await stub.gate.held(concurrency);
    expect(await service.cancel(update.id)).toMatchObject({ state: 'cancelling' });
    expect(await ended(service, update.id)).toMatchObject({ state: 'cancelled', error: null });
    const stored = await ids(processes.store);
    expect(stored).toEqual(sorted(stub.detailsSent));
    expect(stored).toHaveLength(40);
    expect(await service.cancel(update.id)).toBeUndefined();
    stub.clearLog();
    stub.gate.open();
    const next = await service.trigger({ target: 120 });
    await ended(service, next.update.id);
    expect(sorted(stub.detailRequests)).toEqual(ALL.filter((id) => !stored.includes(id)));
    expect(await contents(processes.store)).toEqual(FILMS.map(expected));
  });

  it('can be cancelled before it has begun', async () => {
    const service = processes.start();
    const triggered = service.trigger({});
    const [update] = await Promise.all([triggered, triggered.then(({ update: { id } }) => service.cancel(id))]);
    expect(await ended(service, update.update.id)).toMatchObject({ state: 'cancelled' });
    expect(await ids(processes.store)).toEqual([]);
  });

  it('names the first hundred films that failed, and counts them all', async () => {
    stub.faults = new Faults([{ name: 'broken-film', requests: [3, 4] }]);
    const service = processes.start();
    const { update } = await service.trigger({ target: 20 });
    const over = await ended(service, update.id);
    expect(over.state).toBe('succeeded');
    expect(over.progress.failed).toBe(2);
    expect(over.failures.map(({ id }) => id).sort()).toEqual([3, 4]);
  });

  it('fails at once for a wrong key, with the words of TMDB and what to do', async () => {
    const service = processes.start({ tmdb: { ...SETTINGS, rate: 32, baseUrl: stub.baseUrl, apiKey: 'wrong0123' } });
    const { update } = await service.trigger({});
    const over = await ended(service, update.id);
    expect(over.state).toBe('failed');
    expect(over.error).toMatchObject({ code: 'tmdb_unauthorised', advice: expect.stringContaining('TMDB_API_KEY') });
    expect(over.error?.message).toContain('Invalid API key: You must be granted a valid key.');
    expect(stub.log).toHaveLength(1);
  });

  it('fails without a key, saying what is missing, and leaves the service ready for the next', async () => {
    const service = processes.start({ tmdb: { ...SETTINGS, rate: 32, apiKey: '' } });
    for (let time = 0; time < 2; time += 1) {
      const { update } = await service.trigger({});
      expect(update).toMatchObject({
        state: 'failed',
        error: { code: 'tmdb_key_missing', advice: expect.stringContaining('TMDB_API_KEY') },
      });
      expect(await service.get(update.id)).toEqual(update);
    }
  });

  it('never writes the key into the log or the record', async () => {
    const lines: string[] = [];
    const logger = pino({ level: 'trace' }, { write: (line: string) => lines.push(line) });
    stub.faults = new Faults(['reset=0.1', '500=0.1', 'html502=0.1'].map(parseFault));
    const service = processes.start({ logger });
    const { update } = await service.trigger({ target: 20 });
    await ended(service, update.id);
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.join('')).not.toContain(SETTINGS.apiKey);
    expect(JSON.stringify(await processes.store.records.list('updates'))).not.toContain(SETTINGS.apiKey);
  });
});

describe('a worker that crashes', () => {
  const DONE = JSON.stringify({ ...NO_PROGRESS, phase: 'done' });
  const CRASH_ONCE = `
    const { existsSync, writeFileSync } = require('node:fs');
    if (existsSync(__filename + '.crashed')) {
      parentPort.postMessage({ type: 'finished', outcome: { progress: ${DONE}, plan: null } });
    } else {
      writeFileSync(__filename + '.crashed', '');
      HOW;
    }`;

  it.each([
    ['an error', "throw new Error('boom')"],
    ['an exit', 'process.exit(3)'],
    ['a rejection', "Promise.reject(new Error('boom'))"],
  ])('by %s is started again', async (_how, code) => {
    const service = processes.start({ worker: workerOf(CRASH_ONCE.replace('HOW', code)) });
    const { update } = await service.trigger({});
    expect(await ended(service, update.id)).toMatchObject({ state: 'succeeded', restarts: 1 });
  });

  it('goes on with what is missing', async () => {
    const worker = workerOf(`
      const { existsSync, writeFileSync } = require('node:fs');
      require(${JSON.stringify(join(__dirname, '../../../tmdb-stub/register-typescript.js'))});
      const store = require(workerData.store.module);
      if (!existsSync(__filename + '.crashed')) {
        // The third batch takes the worker down.
        const attach = store.attachStores;
        let batches = 0;
        const flawed = async (name) => { const stores = await attach(name); return { ...stores, movies: new Proxy(stores.movies, { get: (real, method) => method !== 'upsert' ? real[method] : (...args) => {
          if (++batches === 3) { writeFileSync(__filename + '.crashed', ''); process.exit(9); }
          return real.upsert(...args);
        } }) }; };
        require.cache[require.resolve(workerData.store.module)].exports = { attachStores: flawed };
      }
      require(${JSON.stringify(join(__dirname, '../../../../src/updates/worker/update-worker.ts'))});`);
    const stored: number[] = [];
    const upsert = processes.store.upsert.bind(processes.store);
    processes.store.upsert = (movies) => {
      if (stored.length < 64) stored.push(...movies.map(({ tmdb_id }) => tmdb_id));
      return upsert(movies);
    };
    const service = processes.start({ worker });
    const { update } = await service.trigger({ target: 120 });
    const over = await ended(service, update.id);
    expect(over).toMatchObject({ state: 'succeeded', restarts: 1, progress: { done: 120, failed: 0 } });
    expect(over.progress.new + over.progress.unchanged).toBe(120);
    expect(await contents(processes.store)).toEqual(FILMS.map(expected));
    // Two batches were stored; the third and what was being fetched is fetched again.
    const asked = stub.detailRequests;
    expect(stored).toHaveLength(64);
    expect(asked.filter((id) => stored.includes(id))).toHaveLength(64);
    expect(asked.length).toBeGreaterThan(120);
  });

  it('again and again fails the update, and the log says why', async () => {
    const lines: string[] = [];
    const logger = pino({ level: 'info' }, { write: (line: string) => lines.push(line) });
    const service = processes.start({ worker: workerOf("throw new Error('boom')"), logger });
    const { update } = await service.trigger({});
    const over = await ended(service, update.id);
    expect(over).toMatchObject({ state: 'failed', restarts: 5, error: { code: 'worker_crashed' } });
    expect(lines.filter((line) => line.includes('boom')).length).toBeGreaterThanOrEqual(6);
    expect(JSON.stringify(over)).not.toContain('boom');
  });
});

describe('a restart of the server', () => {
  it('finds on record what was counted before a kill', async () => {
    const upsert = processes.store.upsert.bind(processes.store);
    let batches = 0;
    let release: () => void = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    processes.store.upsert = async (movies) => {
      batches += 1;
      if (batches > 1) await held;
      return upsert(movies);
    };
    const service = processes.start();
    const { update } = await service.trigger({ target: 120 });
    // The second batch is under way for as long as this takes, so nothing more is told.
    const records = new UpdateRecords(processes.store.records);
    await until(async () => batches === 2 && (await records.get(update.id))?.progress.new === 32);
    release();
    await service.stop();
  });

  it('goes on with the update that was interrupted by a stop', async () => {
    const first = processes.start();
    stub.gate.close(40);
    const { update } = await first.trigger({ target: 120 });
    await stub.gate.held(concurrency);
    await first.stop();
    expect(await first.get(update.id)).toMatchObject({ state: 'interrupted', finished_at: null });
    await expect(first.trigger({})).rejects.toMatchObject({ code: 'closed' });
    const stored = await ids(processes.store);
    expect(stored).toHaveLength(40);
    stub.clearLog();
    stub.gate.open();
    const second = processes.start();
    await second.start();
    expect(second.events(update.id)).toBeDefined();
    const over = await ended(second, update.id);
    expect(over).toMatchObject({ state: 'succeeded', restarts: 1, progress: { done: 120, new: 120, unchanged: 0 } });
    expect(sorted(stub.detailRequests)).toEqual(ALL.filter((id) => !stored.includes(id)));
    expect(await contents(processes.store)).toEqual(FILMS.map(expected));
  });

  it.each(['queued', 'running'] as const)(
    'goes on with an update that was %s when the process was killed',
    async (state) => {
      const left: Update = { ...newUpdate({ target: 20 }, 'schedule'), state };
      await new UpdateRecords(processes.store.records).save(left);
      const service = processes.start();
      await service.start();
      expect(await ended(service, left.id)).toMatchObject({ state: 'succeeded', restarts: 1 });
      expect(await ids(processes.store)).toHaveLength(20);
    },
  );

  it('ends an update that was being cancelled', async () => {
    const left: Update = { ...newUpdate({}, 'request'), state: 'cancelling' };
    await new UpdateRecords(processes.store.records).save(left);
    const service = processes.start();
    await service.start();
    expect(await service.get(left.id)).toMatchObject({ state: 'cancelled', finished_at: expect.any(String) });
    expect(service.events(left.id)).toBeUndefined();
  });

  it('leaves alone what is over, and records that it cannot read', async () => {
    const over: Update = { ...newUpdate({}, 'request'), state: 'succeeded' };
    await new UpdateRecords(processes.store.records).save(over);
    await processes.store.records.put('updates', 'x', { of: 'another version' });
    const service = processes.start();
    await service.start();
    expect(await service.list()).toEqual([over]);
    expect(stub.log).toEqual([]);
  });
});

describe('the records', () => {
  it('of the newest hundred finished updates are kept', async () => {
    const records = new UpdateRecords(processes.store.records);
    for (let index = 0; index < 105; index += 1) {
      const id = `2026-${String(index).padStart(4, '0')}`;
      await records.save({ ...newUpdate({}, 'request'), id, state: 'succeeded' });
    }
    await records.prune();
    const kept = await records.list();
    expect(kept).toHaveLength(100);
    expect(kept.at(-1)?.id).toBe('2026-0005');
  });
});

describe('the schedule', () => {
  it('starts updates by itself', async () => {
    const service = processes.start({ schedule: { cron: '* * * * * *', options: { target: 20 } } });
    await service.start();
    await until(async () => (await service.list()).some(({ state }) => state === 'succeeded'));
    expect((await service.list()).at(-1)).toMatchObject({ trigger: 'schedule', options: { target: 20 } });
  });

  it.each(['every day', '* * * *', '61 * * * *', '0 0 31 2 *'])('is refused where it is "%s"', (cron) => {
    expect(() => processes.start({ schedule: { cron, options: {} } })).toThrow(
      expect.objectContaining({ code: 'invalid_argument' }),
    );
  });
});

it('a rate above the limit of TMDB is refused', () => {
  expect(() => processes.start({ tmdb: { ...SETTINGS, rate: 40 } })).toThrow(
    expect.objectContaining({ code: 'invalid_argument' }),
  );
});
