import type { Movie, MovieStore } from '../../store/movie-store';
import type { RecordStore } from '../../store/record-store';
import { StoreError } from '../../store/store-error';
import type { TmdbClient } from '../../tmdb/client';
import { type Day, dayOf } from '../../tmdb/dates';
import type { TmdbError } from '../../tmdb/tmdb-error';
import { type FilmFailure, toFilmFailure } from './failure';
import { type FailedFetch, type FilmSink, fetchFilms } from './film-fetcher';
import type { ResolvedOptions } from './options';
import { fetchTimes, type Plan, type PlanContext, planIngestion, planRefresh, planReset } from './plan';
import type { PlanSummary } from './plan-summary';
import { type Progress, ProgressTracker } from './progress';
import { Staging } from './staging';
import { UpdateProblem } from './update-problem';

/** Record of the day up to which TMDB's changes are in the catalogue. */
const REFRESH_RECORD = { collection: 'ingestion', key: 'refreshed' } as const;

/** Everything that an ingestion works with. */
export interface IngestionContext {
  client: TmdbClient;
  store: MovieStore;
  records: RecordStore;
  signal: AbortSignal;
  onProgress(progress: Progress): void;
  onFailure(failure: FilmFailure): void;
}

/** One update, possibly the continuation of an interrupted one. */
export interface IngestionJob {
  options: ResolvedOptions;
  /** When the update was asked for, RFC 3339; films fetched since then are its own. */
  startedAt: string;
  /** What earlier attempts at it counted. */
  earlier: { new: number; updated: number };
}

/** What an update did, or in a dry run would do. */
export interface IngestionOutcome {
  progress: Progress;
  plan: PlanSummary;
}

/**
 * Brings films from TMDB into the store. Rejects with a TmdbError or a StoreError where it cannot go on; what it has stored
 * (or staged, in a reset) by then stays, and the next run goes on from there.
 */
export function ingest(context: IngestionContext, job: IngestionJob): Promise<IngestionOutcome> {
  return new Ingestion(context, job).run();
}

class Ingestion {
  private readonly tracker: ProgressTracker;
  private readonly plans: PlanContext;

  constructor(
    private readonly context: IngestionContext,
    private readonly job: IngestionJob,
  ) {
    this.tracker = new ProgressTracker(context.onProgress);
    const { client, store, signal } = context;
    const onFound = (found: number) => this.tracker.found(found);
    this.plans = { client, store, signal, startedAt: Date.parse(job.startedAt), onFound };
  }

  run(): Promise<IngestionOutcome> {
    const { options } = this.job;
    if (options.refresh) return this.refresh();
    return options.reset ? this.reset() : this.add();
  }

  private async add(): Promise<IngestionOutcome> {
    const plan = await planIngestion(this.plans, this.job.options);
    if (!this.job.options.dry_run) {
      await this.fetch(plan, { keep: (movies) => this.store(movies), gone: (id, error) => this.fail({ id, error }) });
    }
    return this.finish(plan);
  }

  private async refresh(): Promise<IngestionOutcome> {
    const { records } = this.context;
    const last = await records.get(REFRESH_RECORD.collection, REFRESH_RECORD.key);
    const plan = await planRefresh(this.plans, (last?.value as { through: Day } | undefined)?.through);
    if (!this.job.options.dry_run) {
      const stored = await fetchTimes(this.context.store);
      await this.fetch(plan, {
        keep: (movies) => this.store(movies),
        // An imported film was never TMDB's, so TMDB cannot take it away.
        gone: (id, error) => (stored.get(id) === undefined ? this.fail({ id, error }) : this.remove(id)),
      });
      if (this.tracker.current.failed === 0) {
        await records.put(REFRESH_RECORD.collection, REFRESH_RECORD.key, { through: dayOf(this.plans.startedAt) });
      }
    }
    return this.finish(plan);
  }

  private async reset(): Promise<IngestionOutcome> {
    const { store, records, client } = this.context;
    const staging = await Staging.open(records, client.language);
    const plan = await planReset(this.plans, this.job.options, staging);
    const wanted = new Set(plan.wanted);
    const remove = (await store.fetchTimes()).filter(({ id }) => !wanted.has(id)).length;
    if (this.job.options.dry_run) return this.finish(plan, remove);
    if (wanted.size === 0) {
      throw new UpdateProblem(
        'invalid_argument',
        'No film at TMDB meets the criteria, so the catalogue stays as it is.',
      );
    }
    await this.fetch(plan, {
      keep: async (movies) => {
        await staging.add(movies);
        this.tracker.staged(movies.length);
      },
      gone: (id, error) => this.fail({ id, error }),
    });
    this.tracker.enter('replace');
    this.tracker.replaced(await store.replaceAll(await this.newCatalogue(plan, staging), { background: true }));
    await staging.clear();
    return this.finish(plan, remove);
  }

  /** The staged films, and the stored row of each film that could not be fetched this time. */
  private async newCatalogue(plan: Plan, staging: Staging): Promise<Movie[]> {
    const movies: Movie[] = [];
    for (const id of plan.wanted) {
      const movie = staging.get(id) ?? (await this.context.store.get(id));
      if (movie !== undefined) movies.push(movie);
    }
    if (movies.length === 0)
      throw new UpdateProblem('invalid_argument', 'No film could be fetched, so the catalogue stays as it is.');
    return movies;
  }

  /** Fetches what the plan says, what failed once more at the end, and reports what failed twice. */
  private async fetch(plan: Plan, sink: FilmSink): Promise<void> {
    const { client, signal } = this.context;
    const done = plan.wanted.length - plan.fetch.length;
    this.tracker.startFetching(plan.wanted.length, done, this.job.options.reset ? undefined : this.job.earlier);
    const failed = await fetchFilms(plan.fetch, client, sink, signal);
    if (failed.length === 0) return;
    this.tracker.enter('retry');
    const ids = failed.map(({ id }) => id);
    for (const failure of await fetchFilms(ids, client, sink, signal, Infinity)) await this.fail(failure);
  }

  /** Stores a batch; a film that the store refuses is reported and holds back no other. */
  private async store(movies: Movie[]): Promise<void> {
    try {
      this.tracker.stored(await this.context.store.upsert(movies, { background: true }));
    } catch (error) {
      if (!(error instanceof StoreError) || error.code !== 'invalid_argument') throw error;
      if (movies.length > 1) for (const movie of movies) await this.store([movie]);
      else for (const { tmdb_id } of movies) await this.fail({ id: tmdb_id, error });
    }
  }

  private async remove(id: number): Promise<void> {
    await this.context.store.delete([id]);
    this.tracker.deleted();
  }

  private async fail({ id, error }: Pick<FailedFetch, 'id'> & { error: TmdbError | StoreError }): Promise<void> {
    this.tracker.failed();
    this.context.onFailure(toFilmFailure(id, error));
  }

  private finish(plan: Plan, remove = 0): IngestionOutcome {
    if (this.job.options.dry_run) this.tracker.found(plan.wanted.length);
    this.tracker.enter('done');
    const { matching, wanted, fetch, warnings } = plan;
    return {
      progress: this.tracker.current,
      plan: { matching, wanted: wanted.length, fetch: fetch.length, remove, warnings },
    };
  }
}
