import type { Movie } from '../../../../src/store/movie-store';
import { TmdbClient } from '../../../../src/tmdb/client';
import { DEFAULT_TMDB_SETTINGS, type TmdbSettings } from '../../../../src/tmdb/settings';
import type { FilmFailure } from '../../../../src/updates/ingestion/failure';
import { type IngestionOutcome, ingest } from '../../../../src/updates/ingestion/ingestion';
import { DEFAULT_CRITERIA, resolveOptions, type UpdateOptions } from '../../../../src/updates/ingestion/options';
import type { Progress } from '../../../../src/updates/ingestion/progress';
import type { FakeMovieStore } from '../../../fake-store/fake-movie-store';
import { type StubOptions, TmdbStub } from '../../../tmdb-stub/server';
import { directorsOf, type StubFilm } from '../../../tmdb-stub/stub-film';

/** Short waits between attempts, and a key that can be looked for. */
export const SETTINGS: TmdbSettings = { ...DEFAULT_TMDB_SETTINGS, apiKey: 'sesame0123456789', backoffMs: 4 };

/** For answers that never come, and for nothing else: on a busy machine good ones may take as long. */
export const IMPATIENT = { idleTimeoutMs: 250, requestTimeoutMs: 1_000 };

/** Lets everything through: for tests that are not about the rate. */
export const NO_LIMIT = { acquire: async () => {}, release: () => {}, pause: () => {} };

export function startStub(films: readonly StubFilm[], options: Partial<StubOptions> = {}): Promise<TmdbStub> {
  return TmdbStub.start({ films, key: SETTINGS.apiKey, limit: 0, ...options });
}

export function clientOf(stub: TmdbStub, settings: Partial<TmdbSettings> = {}): TmdbClient {
  return new TmdbClient({ ...SETTINGS, baseUrl: stub.baseUrl, ...settings }, { limiter: NO_LIMIT });
}

/** What one run of an ingestion did. */
export interface Ran {
  outcome?: IngestionOutcome;
  error?: unknown;
  failures: FilmFailure[];
  progress: Progress[];
}

interface RunOptions {
  settings?: Partial<TmdbSettings>;
  signal?: AbortSignal;
  onProgress?: (progress: Progress) => void;
  startedAt?: string;
  earlier?: { new: number; updated: number };
}

/** Runs an ingestion against the stub to its end, whatever that is. */
export async function run(
  stub: TmdbStub,
  store: FakeMovieStore,
  options: UpdateOptions = {},
  how: RunOptions = {},
): Promise<Ran> {
  const client = clientOf(stub, how.settings);
  const ran: Ran = { failures: [], progress: [] };
  const context = {
    client,
    store,
    records: store.records,
    signal: how.signal ?? new AbortController().signal,
    onFailure: (failure: FilmFailure) => ran.failures.push(failure),
    onProgress: (progress: Progress) => {
      ran.progress.push(progress);
      how.onProgress?.(progress);
    },
  };
  const job = {
    options: resolveOptions(options, DEFAULT_CRITERIA),
    startedAt: how.startedAt ?? new Date().toISOString(),
    earlier: how.earlier ?? { new: 0, updated: 0 },
  };
  try {
    ran.outcome = await ingest(context, job);
  } catch (error) {
    ran.error = error;
  } finally {
    await client.close();
  }
  return ran;
}

/** Everything in the store, by id, without the time of fetching. */
export async function contents(store: FakeMovieStore): Promise<Omit<Movie, 'fetched_at'>[]> {
  const rows = await store.fetchTimes();
  const movies = await Promise.all(rows.map(({ id }) => store.get(id)));
  return movies.map((movie) => {
    const { fetched_at, ...rest } = movie as Movie;
    return rest;
  });
}

export async function ids(store: FakeMovieStore): Promise<number[]> {
  return (await store.fetchTimes()).map(({ id }) => id);
}

/** What the catalogue has to hold for a film of the stub, worked out without the mapper. */
export function expected(film: StubFilm): Omit<Movie, 'fetched_at'> {
  const pictures = film.tmdb_id % 4 !== 3;
  const movie = {
    tmdb_id: film.tmdb_id,
    imdb_id: film.imdb_id,
    title: film.title,
    original_title: film.original_title,
    alternative_titles: film.alternative_titles,
    release_date: film.release_date,
    year: film.year,
    overview: film.overview,
    tagline: film.tagline,
    genres: film.genres,
    directors: directorsOf(film),
    cast: film.cast.slice(0, 10),
    keywords: film.keywords,
    runtime: film.runtime || undefined,
    vote_average: film.vote_average,
    vote_count: film.vote_count,
    popularity: film.popularity,
    original_language: film.original_language,
    countries: film.countries,
    collection: film.collection,
    poster_path: pictures ? `/poster-${film.tmdb_id}.jpg` : undefined,
    backdrop_path: pictures ? `/backdrop-${film.tmdb_id}.jpg` : undefined,
  };
  return JSON.parse(JSON.stringify(movie)) as Omit<Movie, 'fetched_at'>;
}
