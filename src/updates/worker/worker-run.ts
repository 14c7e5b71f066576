import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { UpdateError } from '../ingestion/failure';
import type { IngestionOutcome } from '../ingestion/ingestion';
import { CANCEL, type WorkerInput, type WorkerMessage } from './worker-protocol';

/** How long a cancelled worker may take to hand on what it has fetched. */
const CANCEL_GRACE_MS = 30_000;

/** How the thread is started; tests run the TypeScript source. */
export interface WorkerEntry {
  path: string;
  execArgv?: string[];
}

const BUILT_WORKER: WorkerEntry = { path: join(__dirname, 'update-worker.js') };

/** How a worker ended; `crashed` is an end without a last word. */
export type WorkerEnd =
  | { type: 'finished'; outcome: IngestionOutcome }
  | { type: 'failed'; error: UpdateError; stack: string }
  | { type: 'cancelled' }
  | { type: 'crashed'; reason: string };

type Report = Extract<WorkerMessage, { type: 'progress' | 'failure' }>;

/** One worker thread at work on one update. */
export class WorkerRun {
  /** Resolves when the thread is gone; never rejects. */
  readonly end: Promise<WorkerEnd>;
  private readonly worker: Worker;
  private grace: NodeJS.Timeout | undefined;

  constructor(input: WorkerInput, onReport: (report: Report) => void, entry: WorkerEntry = BUILT_WORKER) {
    this.worker = new Worker(entry.path, { workerData: input, ...(entry.execArgv && { execArgv: entry.execArgv }) });
    this.end = new Promise((resolve) => {
      let end: WorkerEnd | undefined;
      this.worker.on('message', (message: WorkerMessage) => {
        if (message.type === 'progress' || message.type === 'failure') onReport(message);
        else end = message;
      });
      this.worker.on('error', (error: Error) => {
        end ??= { type: 'crashed', reason: error.stack ?? error.message };
      });
      this.worker.on('exit', (code) => {
        clearTimeout(this.grace);
        if (this.grace !== undefined) end ??= { type: 'cancelled' };
        resolve(end ?? { type: 'crashed', reason: `the worker exited with code ${code}` });
      });
    });
  }

  /** Asks the worker to end, and ends it where it does not. */
  cancel(): void {
    if (this.grace !== undefined) return;
    this.worker.postMessage(CANCEL);
    this.grace = setTimeout(() => void this.worker.terminate(), CANCEL_GRACE_MS);
  }
}
