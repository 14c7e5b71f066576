import type { Logger } from 'pino';
import { backoff } from '../../tmdb/retry';
import type { TmdbSettings } from '../../tmdb/settings';
import { sleep } from '../../tmdb/sleep';
import { type CriteriaDefaults, resolveOptions } from '../ingestion/options';
import type { StoreAddress, WorkerMessage } from '../worker/worker-protocol';
import { type WorkerEnd, type WorkerEntry, WorkerRun } from '../worker/worker-run';
import { isOver, type Update } from './update';
import { finalEventId, UpdateEvents } from './update-events';
import type { UpdateRecords } from './update-records';

/** How often a crashed worker is started again within one update. */
const MAX_RESTARTS = 5;
/** Failed films that are kept by name. */
const KEPT_FAILURES = 100;
/** Progress is written to the record and to the log at most this often, except where films were stored. */
const SAVE_INTERVAL_MS = 2_000;

/** What every run needs. */
export interface RunContext {
  records: UpdateRecords;
  tmdb: TmdbSettings;
  store: StoreAddress;
  defaults: CriteriaDefaults;
  logger: Logger;
  /** Tests run the worker's source. */
  worker?: WorkerEntry;
  /** The first wait before a crashed worker is started again is drawn from 0 to this. */
  restartDelayMs: number;
}

/** One update under way: its worker, its record and its events. */
export class UpdateRun {
  readonly events = new UpdateEvents();
  /** Resolves when the update is on record; what is on record survives a restart. */
  readonly recorded: Promise<void>;
  /** Resolves when the update is over or interrupted; never rejects. */
  readonly end: Promise<void>;
  private worker: WorkerRun | undefined;
  private readonly stop = new AbortController();
  private stopState: 'cancelled' | 'interrupted' = 'cancelled';
  private savedAt = 0;

  /** `update` is changed in place from here on. */
  constructor(
    readonly update: Update,
    private readonly context: RunContext,
  ) {
    this.recorded = this.save();
    this.end = this.run();
  }

  /** Ends it for good, unless it is over already. */
  async cancel(): Promise<void> {
    if (this.stop.signal.aborted || isOver(this.update)) return;
    this.update.state = 'cancelling';
    this.stop.abort();
    this.worker?.cancel();
    await this.changed();
  }

  /** Ends it for now: the next start goes on with it. */
  async interrupt(): Promise<void> {
    if (!this.stop.signal.aborted) {
      this.stopState = 'interrupted';
      this.stop.abort();
      this.worker?.cancel();
    }
    await this.end;
  }

  private async run(): Promise<void> {
    const { logger } = this.context;
    try {
      await this.recorded;
      if (!this.stop.signal.aborted) this.update.state = 'running';
      this.update.started_at ??= new Date().toISOString();
      await this.changed();
      logger.info({ update: this.update.id, options: this.update.options }, 'update started');
      await this.settle(await this.work());
    } catch (error) {
      logger.error({ update: this.update.id, err: error }, 'the record of an update could not be written');
    } finally {
      this.events.end();
    }
  }

  /** Runs workers until one ends with a last word, or too many crashed. */
  private async work(): Promise<WorkerEnd> {
    for (let crashes = 0; ; crashes += 1) {
      if (this.stop.signal.aborted) return { type: 'cancelled' };
      this.worker = this.startWorker();
      const end = await this.worker.end;
      if (end.type !== 'crashed' || crashes >= MAX_RESTARTS) return end;
      this.context.logger.warn(
        { update: this.update.id, reason: end.reason },
        'the worker of an update crashed; starting it again',
      );
      this.update.restarts += 1;
      await this.changed();
      await sleep(backoff(crashes + 1, this.context.restartDelayMs, Math.random()), this.stop.signal).catch(() => {});
    }
  }

  private startWorker(): WorkerRun {
    const { tmdb, store, defaults, worker } = this.context;
    const { options, created_at, progress } = this.update;
    this.update.failures = [];
    const job = {
      options: resolveOptions(options, defaults),
      startedAt: created_at,
      earlier: { new: progress.new, updated: progress.updated },
    };
    return new WorkerRun({ settings: tmdb, job, store }, (report) => this.take(report), worker);
  }

  private take(report: Extract<WorkerMessage, { type: 'progress' | 'failure' }>): void {
    if (report.type === 'failure') {
      if (this.update.failures.length < KEPT_FAILURES) this.update.failures.push(report.failure);
      this.context.logger.warn({ update: this.update.id, ...report.failure }, 'a film could not be brought in');
      this.events.publish('failure', report.failure);
      return;
    }
    const { new: added, updated } = this.update.progress;
    this.update.progress = this.withEarlierCounts(report.progress);
    this.events.publish('progress', this.update.progress);
    // What is counted is on record at once: after a kill the update still knows which of the films are its own.
    const stored = this.update.progress.new + this.update.progress.updated > added + updated;
    if (!stored && performance.now() - this.savedAt < SAVE_INTERVAL_MS) return;
    this.context.logger.info({ update: this.update.id, ...report.progress }, 'update progress');
    void this.save().catch((err) =>
      this.context.logger.error({ err }, 'the progress of an update could not be written'),
    );
  }

  /** While a resumed update lists films again, it still has what it counted before. */
  private withEarlierCounts(progress: typeof this.update.progress): typeof this.update.progress {
    if (progress.phase !== 'discover') return progress;
    const { new: added, updated } = this.update.progress;
    return { ...progress, new: added, updated };
  }

  private async settle(end: WorkerEnd): Promise<void> {
    const { update } = this;
    const { logger } = this.context;
    if (end.type === 'finished') {
      update.state = 'succeeded';
      update.progress = end.outcome.progress;
      update.plan = end.outcome.plan;
    } else if (end.type === 'cancelled') {
      update.state = this.stopState;
    } else {
      update.state = 'failed';
      update.error = end.type === 'failed' ? end.error : crashError();
      logger.error(
        { update: update.id, ...update.error, detail: end.type === 'failed' ? end.stack : end.reason },
        'update failed',
      );
    }
    if (update.state !== 'interrupted') update.finished_at = new Date().toISOString();
    logger.info({ update: update.id, state: update.state, ...update.progress }, 'update ended');
    await this.changed();
  }

  /** Makes a change of state known and durable. */
  private async changed(): Promise<void> {
    await this.save();
    this.events.publish('update', structuredClone(this.update), finalEventId(this.update));
  }

  private save(): Promise<void> {
    this.savedAt = performance.now();
    return this.context.records.save(this.update);
  }
}

function crashError(): NonNullable<Update['error']> {
  return {
    code: 'worker_crashed',
    message: `The worker of the update crashed ${MAX_RESTARTS + 1} times.`,
    advice: 'The server log says why. What is stored is not fetched again by the next update.',
  };
}
