import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import pino, { type Logger } from 'pino';
import { DEFAULT_CRITERIA } from '../../../../src/updates/ingestion/options';
import type { Update } from '../../../../src/updates/job/update';
import { UpdateService, type UpdateServiceParts } from '../../../../src/updates/job/update-service';
import { FakeMovieStore } from '../../../fake-store/fake-movie-store';
import type { TmdbStub } from '../../../tmdb-stub/server';
import { SETTINGS } from '../ingestion/harness';
import { shareStores } from './shared-store';

/** Jest's own time limit of a test, nearly. */
const GIVE_UP_MS = 115_000;

const ROOT = join(__dirname, '../../../..');

/** Runs TypeScript in a worker thread, which jest does not transform. */
const TYPESCRIPT = ['-r', join(ROOT, 'test/tmdb-stub/register-typescript.js')];
const WORKER = { path: join(ROOT, 'src/updates/worker/update-worker.ts'), execArgv: TYPESCRIPT };

/** Services on one store, as successive processes on one data directory. */
export class Processes {
  readonly store = new FakeMovieStore();
  private readonly name = `store-${randomUUID()}`;
  private readonly unshare = shareStores(this.store.stores(), this.name);
  private readonly services: UpdateService[] = [];

  constructor(private readonly stub: TmdbStub) {}

  start(parts: Partial<UpdateServiceParts> = {}): UpdateService {
    const service = new UpdateService({
      records: this.store.records,
      tmdb: { ...SETTINGS, rate: 32, baseUrl: this.stub.baseUrl },
      workerStore: { module: join(__dirname, 'shared-store.ts'), dataDir: this.name },
      defaults: DEFAULT_CRITERIA,
      logger: silent(),
      worker: WORKER,
      restartDelayMs: 10,
      ...parts,
    });
    this.services.push(service);
    return service;
  }

  async close(): Promise<void> {
    for (const service of this.services) await service.stop();
    this.unshare();
  }
}

export function silent(): Logger {
  return pino({ level: 'silent' });
}

/** The update when it is over. */
export async function ended(service: UpdateService, id: string): Promise<Update> {
  await service.idle();
  return (await service.get(id)) as Update;
}

/** Waits until something is so; what never is so ends with the test's time. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + GIVE_UP_MS;
  while (performance.now() < end) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('it never came true');
}
