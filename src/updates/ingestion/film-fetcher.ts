import type { Movie } from '../../store/movie-store';
import type { TmdbClient } from '../../tmdb/client';
import { inParallel } from '../../tmdb/parallel';
import { cancelled, TmdbError } from '../../tmdb/tmdb-error';

/** Films that become searchable in one step; about a second's worth of fetching. */
const BATCH_SIZE = 32;
/** So many failures with no success between them are TMDB's, not the films'. */
const OUTAGE = 16;

/** What becomes of the films. */
export interface FilmSink {
  /** Keeps films durably. A rejection ends the run. */
  keep(movies: Movie[]): Promise<void>;
  /** TMDB has no such film (any more). */
  gone(id: number, error: TmdbError): Promise<void>;
}

/** A film whose fetching failed, and why. */
export interface FailedFetch {
  id: number;
  error: TmdbError;
}

/**
 * Fetches films side by side and hands them on in batches, one at a time; returns those that failed. A film's failure ends
 * nothing; a refused key, a sink that fails, a cancelled signal or TMDB failing over and over does, after what was fetched
 * has been handed on.
 */
export async function fetchFilms(
  ids: readonly number[],
  client: TmdbClient,
  sink: FilmSink,
  signal: AbortSignal,
  maxFailuresInARow = OUTAGE,
): Promise<FailedFetch[]> {
  const failed: FailedFetch[] = [];
  const batches = new Batches(sink);
  const stop = new AbortController();
  const onAbort = () => stop.abort();
  let failuresInARow = 0;
  const fetchOne = async (id: number) => {
    try {
      await batches.add(await client.movie(id, stop.signal));
      failuresInARow = 0;
    } catch (error) {
      if (!concernsOneFilm(error)) throw error;
      if (error.kind === 'not_found') return sink.gone(id, error);
      failed.push({ id, error });
      failuresInARow += 1;
      if (failuresInARow >= maxFailuresInARow) throw outage(failuresInARow, error);
    }
  };
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    if (signal.aborted) throw cancelled();
    await inParallel(ids, client.concurrency, (id) =>
      fetchOne(id).catch((error) => {
        stop.abort();
        throw error;
      }),
    );
  } finally {
    signal.removeEventListener('abort', onAbort);
    await batches.finish();
  }
  return failed;
}

function concernsOneFilm(error: unknown): error is TmdbError {
  return error instanceof TmdbError && error.kind !== 'unauthorised' && error.kind !== 'cancelled';
}

function outage(count: number, last: TmdbError): TmdbError {
  return new TmdbError(last.kind, `${count} films in a row could not be fetched. The last one: ${last.message}`, {
    status: last.status,
    statusMessage: last.statusMessage,
  });
}

/** Collects films and hands on full batches one after the other; who fills a batch waits for it, which slows fetching to storing. */
class Batches {
  private current: Movie[] = [];
  private handedOn: Promise<void> = Promise.resolve();

  constructor(private readonly sink: FilmSink) {}

  async add(movie: Movie): Promise<void> {
    this.current.push(movie);
    if (this.current.length >= BATCH_SIZE) await this.handOn();
  }

  /** Hands on what is left. */
  finish(): Promise<void> {
    return this.handOn();
  }

  private handOn(): Promise<void> {
    const batch = this.current;
    this.current = [];
    this.handedOn = this.handedOn.then(() => (batch.length > 0 ? this.sink.keep(batch) : undefined));
    return this.handedOn;
  }
}
