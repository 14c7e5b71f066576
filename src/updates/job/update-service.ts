import type { Logger } from 'pino';
import { HttpProblem } from '../../http/problem';
import type { RecordStore } from '../../store/record-store';
import { settingsProblem, type TmdbSettings } from '../../tmdb/settings';
import type { CriteriaDefaults, UpdateOptions } from '../ingestion/options';
import { UpdateProblem } from '../ingestion/update-problem';
import type { StoreAddress } from '../worker/worker-protocol';
import type { WorkerEntry } from '../worker/worker-run';
import { Schedule, type ScheduleSettings } from './schedule';
import { isOver, type Update } from './update';
import type { UpdateEvents } from './update-events';
import { newUpdate, UpdateRecords } from './update-records';
import { UpdateRun } from './update-run';

/** Code of an update that could not begin for want of a key. */
export const KEY_MISSING = 'tmdb_key_missing';

/** What updates need. */
export interface UpdateServiceParts {
  records: RecordStore;
  tmdb: TmdbSettings;
  /** Where the worker finds the stores. */
  workerStore: StoreAddress;
  defaults: CriteriaDefaults;
  logger: Logger;
  /** Without it, updates only run when asked for. */
  schedule?: ScheduleSettings;
  /** Tests run the worker's source. */
  worker?: WorkerEntry;
  restartDelayMs?: number;
}

/** Background updates: one at a time, each a record that outlives the process. */
export class UpdateService {
  private readonly records: UpdateRecords;
  private readonly schedule: Schedule | undefined;
  private current: UpdateRun | undefined;
  private stopped = false;

  /** @throws UpdateProblem `invalid_argument` where the rate or the schedule is not allowed. */
  constructor(private readonly parts: UpdateServiceParts) {
    const problem = settingsProblem(parts.tmdb);
    if (problem !== undefined) throw new UpdateProblem('invalid_argument', problem);
    this.records = new UpdateRecords(parts.records);
    this.schedule = parts.schedule && new Schedule(parts.schedule, (options) => this.scheduled(options));
  }

  /** Goes on with the update that the last process left unfinished, and starts the schedule. */
  async start(): Promise<void> {
    const [newest, ...others] = (await this.records.list()).filter((update) => !isOver(update));
    for (const update of others) await this.drop(update);
    if (newest?.state === 'cancelling') await this.drop(newest);
    else if (newest !== undefined) this.resume(newest);
    this.schedule?.start();
  }

  /** Starts an update, or joins the one under way. Its record is durable when the promise resolves; its work is not begun then. */
  async trigger(
    options: UpdateOptions,
    trigger: Update['trigger'] = 'request',
  ): Promise<{ update: Update; joined: boolean }> {
    while (this.current !== undefined && isOver(this.current.update)) await this.current.end;
    if (this.stopped)
      throw new HttpProblem(503, 'closed', 'The server is stopping.', { headers: { 'Retry-After': '5' } });
    if (this.current !== undefined) return { update: this.current.update, joined: true };
    const update = newUpdate(options, trigger);
    if (this.parts.tmdb.apiKey.trim() === '') return { update: await this.refuse(update), joined: false };
    await this.run(update).recorded;
    void this.records.prune().catch((err) => this.parts.logger.error({ err }, 'old updates could not be deleted'));
    return { update, joined: false };
  }

  /** Newest first. */
  async list(): Promise<Update[]> {
    const running = this.current?.update;
    return (await this.records.list()).map((update) => (update.id === running?.id ? running : update));
  }

  async get(id: string): Promise<Update | undefined> {
    return this.current?.update.id === id ? this.current.update : this.records.get(id);
  }

  /** The events of an update under way. */
  events(id: string): UpdateEvents | undefined {
    return this.current?.update.id === id ? this.current.events : undefined;
  }

  /** The update as it is being cancelled; nothing where there is none under way. */
  async cancel(id: string): Promise<Update | undefined> {
    if (this.current?.update.id !== id) return undefined;
    const { update } = this.current;
    await this.current.cancel();
    return update;
  }

  /** Resolves when no update is under way. */
  async idle(): Promise<void> {
    await this.current?.end;
  }

  /** Ends the worker and leaves the update to the next start. Resolves when the worker is gone. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.schedule?.stop();
    await this.current?.interrupt();
  }

  private run(update: Update): UpdateRun {
    const { tmdb, workerStore, defaults, logger, worker, restartDelayMs = 1_000 } = this.parts;
    const run = new UpdateRun(update, {
      records: this.records,
      tmdb,
      store: workerStore,
      defaults,
      logger,
      restartDelayMs,
      ...(worker && { worker }),
    });
    this.current = run;
    void run.end.then(() => {
      if (this.current === run) this.current = undefined;
    });
    return run;
  }

  private resume(update: Update): void {
    this.parts.logger.info({ update: update.id }, 'going on with an update that was interrupted');
    update.restarts += 1;
    this.run(update);
  }

  private async drop(update: Update): Promise<void> {
    await this.records.save({ ...update, state: 'cancelled', finished_at: new Date().toISOString() });
  }

  private async refuse(update: Update): Promise<Update> {
    update.state = 'failed';
    update.finished_at = update.created_at;
    update.error = {
      code: KEY_MISSING,
      message: 'There is no TMDB key, so no film can be fetched.',
      advice:
        'Set TMDB_API_KEY to a v3 key or a v4 read access token (https://www.themoviedb.org/settings/api) and start the server again. Films from a file need no key: `npx cinematch import FILE`.',
    };
    this.parts.logger.error({ update: update.id, ...update.error }, 'update failed');
    await this.records.save(update);
    return update;
  }

  private scheduled(options: UpdateOptions): void {
    this.trigger(options, 'schedule').catch((err) =>
      this.parts.logger.error({ err }, 'a scheduled update could not be started'),
    );
  }
}
