import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { TmdbClient } from '../../tmdb/client';
import { TmdbError } from '../../tmdb/tmdb-error';
import { toUpdateError } from '../ingestion/failure';
import { ingest } from '../ingestion/ingestion';
import type { Progress } from '../ingestion/progress';
import { CANCEL, type StoreModule, type WorkerInput, type WorkerMessage } from './worker-protocol';

/** Progress is told at most this often, except where the phase changes. */
const PROGRESS_INTERVAL_MS = 200;

/** Entry of the worker thread: one update, then the end. */
async function main(port: MessagePort, input: WorkerInput): Promise<void> {
  const tell = (message: WorkerMessage) => port.postMessage(message);
  const cancellation = new AbortController();
  port.on('message', (message) => {
    if (message === CANCEL) cancellation.abort();
  });
  const progress = new ProgressReporter(tell);
  try {
    const outcome = await run(input, cancellation.signal, progress, tell);
    tell({ type: 'finished', outcome });
  } catch (error) {
    progress.flush();
    if (error instanceof TmdbError && error.kind === 'cancelled') tell({ type: 'cancelled' });
    else
      tell({ type: 'failed', error: toUpdateError(error), stack: error instanceof Error ? (error.stack ?? '') : '' });
  } finally {
    port.close();
  }
}

async function run(
  input: WorkerInput,
  signal: AbortSignal,
  progress: ProgressReporter,
  tell: (message: WorkerMessage) => void,
) {
  const client = new TmdbClient(input.settings);
  try {
    const { attachStores } = require(input.store.module) as StoreModule;
    const { movies, records } = await attachStores(input.store.dataDir);
    return await ingest(
      {
        client,
        store: movies,
        records,
        signal,
        onProgress: (current) => progress.report(current),
        onFailure: (failure) => tell({ type: 'failure', failure }),
      },
      input.job,
    );
  } finally {
    await client.close();
  }
}

class ProgressReporter {
  private last: Progress | undefined;
  private toldAt = Number.NEGATIVE_INFINITY;
  private toldPhase: string | undefined;

  constructor(private readonly tell: (message: WorkerMessage) => void) {}

  report(progress: Progress): void {
    this.last = progress;
    if (progress.phase !== this.toldPhase || performance.now() - this.toldAt >= PROGRESS_INTERVAL_MS) this.flush();
  }

  flush(): void {
    if (this.last === undefined) return;
    this.tell({ type: 'progress', progress: this.last });
    this.toldAt = performance.now();
    this.toldPhase = this.last.phase;
    this.last = undefined;
  }
}

if (parentPort !== null) void main(parentPort, workerData as WorkerInput);
