import type { Movie, MovieStore, UpsertReport } from '../store/movie-store';
import { StoreError } from '../store/store-error';
import { toFilm } from './film-row';
import type { Place, RowProblem } from './row';
import { type Scan, scan } from './scan';
import { openSources, type Sources } from './sources';

const BATCH_SIZE = 256;
/** One batch is parsed and sent while the other is embedded and committed. */
const BATCHES_IN_FLIGHT = 2;

/** What became of the films so far; a film is counted once its batch is stored durably. */
interface ImportCounts {
  inserted: number;
  updated: number;
  touched: number;
  unchanged: number;
  failed: number;
}

export interface ImportReport extends ImportCounts {
  /** Films to store: good rows, less those that a later row of the same film replaces. */
  total: number;
  problems: RowProblem[];
  faults: Scan['faults'];
  duplicates: Scan['duplicates'];
  ignoredFields: string[];
  /** Stopped on request before the end; what is counted is stored. */
  interrupted: boolean;
  seconds: number;
}

export interface ImportOptions {
  /** Films a transaction. */
  batchSize?: number;
  /** Ends the import after the batches in flight. */
  signal?: AbortSignal;
  /** Called once the total is known, and after every batch. */
  onProgress?: (done: number, total: number) => void;
}

interface PlacedFilm {
  film: Movie;
  place: Place;
}

/**
 * Stores the films of the files, keyed by id: what is stored already and has not changed costs no embedding, so an
 * import that was cut short is resumed by running it again. Rejects where a file cannot be read or the store fails;
 * bad rows, and what is left out of good ones, are in the report.
 */
export async function importFilms(
  store: Pick<MovieStore, 'upsert'>,
  files: readonly string[],
  options: ImportOptions = {},
): Promise<ImportReport> {
  const started = performance.now();
  const sources = await openSources(files);
  const found = await scan(sources);
  const run = new ImportRun(store, found, options);
  await run.storeAll(sources);
  return {
    ...run.counts,
    total: found.places.size,
    problems: [...found.problems, ...run.problems],
    faults: found.faults,
    duplicates: found.duplicates,
    ignoredFields: found.ignoredFields,
    interrupted: options.signal?.aborted ?? false,
    seconds: Math.round(performance.now() - started) / 1_000,
  };
}

class ImportRun {
  readonly counts: ImportCounts = { inserted: 0, updated: 0, touched: 0, unchanged: 0, failed: 0 };
  readonly problems: RowProblem[] = [];

  constructor(
    private readonly store: Pick<MovieStore, 'upsert'>,
    private readonly found: Scan,
    private readonly options: ImportOptions,
  ) {}

  async storeAll(sources: Sources): Promise<void> {
    this.reportProgress();
    const inFlight = new Set<Promise<void>>();
    let failure: unknown;
    for await (const batch of this.batches(sources)) {
      const stored: Promise<void> = this.storeBatch(batch)
        .catch((error) => {
          failure ??= error;
        })
        .finally(() => inFlight.delete(stored));
      inFlight.add(stored);
      if (inFlight.size >= BATCHES_IN_FLIGHT) await Promise.race(inFlight);
      if (failure || this.options.signal?.aborted) break;
    }
    await Promise.all(inFlight);
    if (failure) throw failure;
  }

  private async *batches(sources: Sources): AsyncGenerator<PlacedFilm[]> {
    const { batchSize = BATCH_SIZE } = this.options;
    let batch: PlacedFilm[] = [];
    for await (const placed of this.films(sources)) {
      batch.push(placed);
      if (batch.length === batchSize) {
        yield batch;
        batch = [];
      }
    }
    if (batch.length > 0 && !this.options.signal?.aborted) yield batch;
  }

  /** The films of the rows that the scan chose, one row a film. */
  private async *films(sources: Sources): AsyncGenerator<PlacedFilm> {
    for await (const row of sources.rows()) {
      if (this.options.signal?.aborted) return;
      if ('reason' in row) continue;
      const parsed = toFilm(row.fields);
      if ('reason' in parsed) continue;
      const place = this.found.places.get(parsed.film.tmdb_id);
      if (place?.file === row.file && place.line === row.line) yield { film: parsed.film, place };
    }
  }

  /** Stores a batch; where the store refuses a film of it, halves it until only that film is left out. */
  private async storeBatch(batch: PlacedFilm[]): Promise<void> {
    try {
      this.count(await this.store.upsert(batch.map(({ film }) => film)));
    } catch (error) {
      if (!(error instanceof StoreError && error.code === 'invalid_argument')) throw error;
      const middle = Math.floor(batch.length / 2);
      if (middle === 0) return this.refuse(batch, error);
      await this.storeBatch(batch.slice(0, middle));
      await this.storeBatch(batch.slice(middle));
    }
  }

  private count(report: UpsertReport): void {
    this.counts.inserted += report.inserted.length;
    this.counts.updated += report.updated.length;
    this.counts.touched += report.touched.length;
    this.counts.unchanged += report.unchanged.length;
    this.reportProgress();
  }

  private refuse(batch: PlacedFilm[], error: StoreError): void {
    this.counts.failed += batch.length;
    for (const { place } of batch) this.problems.push({ ...place, reason: error.sentence });
    this.reportProgress();
  }

  private reportProgress(): void {
    const { inserted, updated, touched, unchanged, failed } = this.counts;
    this.options.onProgress?.(inserted + updated + touched + unchanged + failed, this.found.places.size);
  }
}
