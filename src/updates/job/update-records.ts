import { randomBytes } from 'node:crypto';
import type { RecordStore } from '../../store/record-store';
import type { UpdateOptions } from '../ingestion/options';
import { NO_PROGRESS } from '../ingestion/progress';
import { isOver, type Update, updateSchema } from './update';

const COLLECTION = 'updates';
/** Finished updates that are kept. */
const KEPT = 100;

/** An update that was just asked for. Ids sort by time. */
export function newUpdate(options: UpdateOptions, trigger: Update['trigger']): Update {
  const now = new Date().toISOString();
  return {
    id: `${now.replace(/[-:.]/g, '')}-${randomBytes(3).toString('hex')}`,
    state: 'queued',
    trigger,
    options,
    created_at: now,
    started_at: null,
    finished_at: null,
    restarts: 0,
    progress: { ...NO_PROGRESS },
    plan: null,
    failures: [],
    error: null,
  };
}

/** Updates as records of the store. */
export class UpdateRecords {
  private saving: Promise<void> = Promise.resolve();

  constructor(private readonly records: RecordStore) {}

  /** Newest first. Records that another version wrote and this one cannot read are left out. */
  async list(): Promise<Update[]> {
    const stored = await this.records.list(COLLECTION);
    return stored.flatMap(({ value }) => updateSchema.safeParse(value).data ?? []).reverse();
  }

  async get(id: string): Promise<Update | undefined> {
    return updateSchema.safeParse((await this.records.get(COLLECTION, id))?.value).data;
  }

  /** Writes the update as it is now; writes happen in the order of the calls. */
  save(update: Update): Promise<void> {
    const value = structuredClone(update);
    const saved = this.saving.then(() => this.records.put(COLLECTION, update.id, value));
    this.saving = saved.catch(() => {});
    return saved;
  }

  /** Deletes the oldest finished updates beyond those that are kept. */
  async prune(): Promise<void> {
    const over = (await this.list()).filter(isOver);
    for (const { id } of over.slice(KEPT)) await this.records.delete(COLLECTION, id);
  }
}
