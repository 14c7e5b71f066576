import { z } from 'zod';
import type { UpsertReport } from '../../store/movie-store';

const count = z.int().nonnegative();

/** How far an update is. */
export const progressSchema = z
  .object({
    phase: z.enum(['discover', 'fetch', 'retry', 'replace', 'done']).meta({
      description: 'What is being done: listing, fetching, fetching again what failed, swapping the catalogue',
    }),
    total: count.meta({ description: 'Films concerned; while they are listed, those found so far' }),
    done: count.meta({ description: 'Films dealt with, whatever came of them' }),
    new: count.meta({ description: 'Films added' }),
    updated: count.meta({ description: 'Films changed' }),
    unchanged: count.meta({ description: 'Films that were up to date' }),
    deleted: count.meta({ description: 'Films removed' }),
    failed: count.meta({ description: 'Films that could not be fetched or stored' }),
    rate: z.number().nonnegative().meta({ description: 'Films fetched a second' }),
    eta: z.number().nonnegative().nullable().meta({ description: 'Seconds left, where it can be told' }),
  })
  .meta({ id: 'UpdateProgress', description: 'How far an update is' });

export type Progress = z.output<typeof progressSchema>;

export const NO_PROGRESS: Readonly<Progress> = {
  phase: 'discover',
  total: 0,
  done: 0,
  new: 0,
  updated: 0,
  unchanged: 0,
  deleted: 0,
  failed: 0,
  rate: 0,
  eta: null,
};

/** Counts what becomes of each film and tells every change. */
export class ProgressTracker {
  private progress: Progress = { ...NO_PROGRESS };
  private fetched = 0;
  private fetchingSince = 0;

  constructor(
    private readonly tell: (progress: Progress) => void,
    private readonly now: () => number = () => performance.now(),
  ) {}

  get current(): Progress {
    const seconds = (this.now() - this.fetchingSince) / 1_000;
    const rate = this.fetched > 0 && seconds > 0 ? this.fetched / seconds : 0;
    const left = this.progress.total - this.progress.done;
    const eta = this.progress.phase === 'done' ? 0 : rate > 0 ? Math.round(left / rate) : null;
    return { ...this.progress, rate: Math.round(rate * 10) / 10, eta };
  }

  found(total: number): void {
    this.change({ total });
  }

  /**
   * The listing is over. Of the films that are `done` already, `earlier` were added or changed by this same update before it was
   * interrupted, and the others are up to date; without `earlier` they are staged, and what they change is not known yet.
   */
  startFetching(total: number, done: number, earlier?: { new: number; updated: number }): void {
    this.fetchingSince = this.now();
    const known = earlier && { ...earlier, unchanged: Math.max(done - earlier.new - earlier.updated, 0) };
    this.change({ phase: 'fetch', total, done, ...known });
  }

  enter(phase: 'retry' | 'replace' | 'done'): void {
    this.change({ phase });
  }

  stored(report: UpsertReport): void {
    const { inserted, updated, touched, unchanged } = report;
    this.settled(inserted.length + updated.length + touched.length + unchanged.length, {
      new: this.progress.new + inserted.length,
      updated: this.progress.updated + updated.length + touched.length,
      unchanged: this.progress.unchanged + unchanged.length,
    });
  }

  staged(films: number): void {
    this.settled(films, {});
  }

  /** The whole catalogue was replaced: what was staged has become known as new, changed or the same. */
  replaced(report: UpsertReport & { deleted: number[] }): void {
    this.change({
      new: report.inserted.length,
      updated: report.updated.length + report.touched.length,
      unchanged: report.unchanged.length,
      deleted: report.deleted.length,
    });
  }

  deleted(): void {
    this.settled(1, { deleted: this.progress.deleted + 1 });
  }

  failed(): void {
    this.settled(1, { failed: this.progress.failed + 1 });
  }

  private settled(films: number, counts: Partial<Progress>): void {
    this.fetched += films;
    this.change({ ...counts, done: this.progress.done + films });
  }

  private change(part: Partial<Progress>): void {
    this.progress = { ...this.progress, ...part };
    this.tell(this.current);
  }
}
