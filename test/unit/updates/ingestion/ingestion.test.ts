import type { Movie } from '../../../../src/store/movie-store';
import { StoreError } from '../../../../src/store/store-error';
import { FakeMovieStore } from '../../../fake-store/fake-movie-store';
import { Faults, parseFault } from '../../../tmdb-stub/faults';
import { generateFilms } from '../../../tmdb-stub/generate-films';
import type { TmdbStub } from '../../../tmdb-stub/server';
import { contents, expected, ids, run, startStub } from './harness';

const FILMS = generateFilms(120);
const ALL = { target: 500 };
const DAY_MS = 86_400_000;

let stub: TmdbStub;
let store: FakeMovieStore;

beforeEach(async () => {
  stub = await startStub(FILMS);
  store = new FakeMovieStore();
});

afterEach(() => stub.close());

function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}

function daysAgo(days: number): string {
  return new Date(Date.now() - days * DAY_MS).toISOString();
}

async function dateBack(id: number, days: number): Promise<void> {
  await store.upsert([{ ...((await store.get(id)) as Movie), fetched_at: daysAgo(days) }]);
}

/** Cancels when so many films have been dealt with. */
async function runUntil(done: number, options = {}) {
  const controller = new AbortController();
  return run(stub, store, options, {
    signal: controller.signal,
    onProgress: (progress) => {
      if (progress.phase === 'fetch' && progress.done >= done) controller.abort();
    },
  });
}

describe('ingestion', () => {
  it('brings in the most popular films by default, whole', async () => {
    const { outcome, progress } = await run(stub, store);
    expect(await contents(store)).toEqual(FILMS.slice(0, 50).map(expected));
    expect(outcome?.progress).toMatchObject({
      phase: 'done',
      total: 50,
      done: 50,
      new: 50,
      updated: 0,
      unchanged: 0,
      failed: 0,
      eta: 0,
    });
    expect(outcome?.plan).toEqual({ matching: 120, wanted: 50, fetch: 50, remove: 0, warnings: [] });
    expect(progress.map(({ phase }) => phase)).toEqual(expect.arrayContaining(['discover', 'fetch', 'done']));
    expect(stub.log[0]?.query).toMatchObject({
      'vote_average.gte': '7',
      'vote_count.gte': '500',
      sort_by: 'popularity.desc',
    });
  });

  it('fetches nothing that it has', async () => {
    await run(stub, store, ALL);
    stub.clearLog();
    const { outcome } = await run(stub, store, ALL);
    expect(stub.detailRequests).toEqual([]);
    expect(outcome?.progress).toMatchObject({ total: 120, done: 120, new: 0, unchanged: 120 });
  });

  it('fetches again what is too old, or was never fetched from TMDB', async () => {
    await run(stub, store, ALL);
    await dateBack(7, 181);
    await dateBack(8, 179);
    const { fetched_at, ...imported } = (await store.get(9)) as Movie;
    await store.upsert([{ ...imported, title: 'Imported' }]);
    stub.clearLog();
    await run(stub, store, ALL);
    expect(stub.detailRequests.sort()).toEqual([7, 9]);
    expect(await contents(store)).toEqual(FILMS.map(expected));
  });

  it('is resumed where it was cancelled, fetching only what is missing', async () => {
    const { error } = await runUntil(60, ALL);
    expect(error).toMatchObject({ kind: 'cancelled' });
    const stored = await ids(store);
    const fetched = new Set(stub.detailRequests);
    expect(stored.length).toBeGreaterThanOrEqual(60);
    expect(stored.length).toBeLessThan(120);
    // What was fetched and answered before the cancellation is stored: at most the requests under way are lost.
    expect(fetched.size - stored.length).toBeLessThanOrEqual(8);
    stub.clearLog();
    await run(stub, store, ALL);
    expect(new Set(stub.detailRequests)).toEqual(new Set(upTo(120).filter((id) => !stored.includes(id))));
    expect(stub.detailRequests).toHaveLength(120 - stored.length);
    expect(await contents(store)).toEqual(FILMS.map(expected));
  });

  it('keeps the counts of an update that was interrupted', async () => {
    const startedAt = new Date().toISOString();
    await runUntil(60, ALL);
    const before = (await ids(store)).length;
    const { outcome } = await run(stub, store, ALL, { startedAt, earlier: { new: before, updated: 0 } });
    expect(outcome?.progress).toMatchObject({ new: 120, unchanged: 0, done: 120 });
  });

  it('makes films searchable batch by batch', async () => {
    const sizes: number[] = [];
    const upsert = store.upsert.bind(store);
    store.upsert = async (movies) => {
      sizes.push(movies.length);
      return upsert(movies);
    };
    await run(stub, store, ALL);
    expect(sizes).toEqual([32, 32, 32, 24]);
  });

  it('reports a film that cannot be used, after trying it twice, and brings in all others', async () => {
    stub.faults = new Faults([parseFault('broken-film@5,6')]);
    const { outcome, failures, progress } = await run(stub, store, ALL);
    expect(await ids(store)).toEqual(upTo(120).filter((id) => id !== 5 && id !== 6));
    expect(failures.map(({ id }) => id).sort()).toEqual([5, 6]);
    expect(failures[0]).toMatchObject({
      code: 'tmdb_bad_response',
      reason: expect.stringContaining('not as expected'),
    });
    expect(stub.detailRequests.filter((id) => id === 5)).toHaveLength(2);
    expect(progress.some(({ phase }) => phase === 'retry')).toBe(true);
    expect(outcome?.progress).toMatchObject({ new: 118, failed: 2, done: 120 });
  });

  it('reports many films that cannot be used, as long as others can', async () => {
    const broken = upTo(120).filter((id) => id % 4 === 0);
    stub.faults = new Faults([{ name: 'broken-film', requests: broken }]);
    const { outcome, failures } = await run(stub, store, ALL);
    expect(failures).toHaveLength(30);
    expect(outcome?.progress).toMatchObject({ new: 90, failed: 30 });
  });

  it('gives up where no film can be fetched', async () => {
    stub.faults = new Faults([parseFault('broken-film=1')]);
    const { error } = await run(stub, store, ALL);
    expect(error).toMatchObject({ kind: 'bad_response', message: expect.stringContaining('films in a row') });
    expect(stub.detailRequests.length).toBeLessThan(40);
  });

  it('reports a film that the store refuses, and keeps the others of its batch', async () => {
    const upsert = store.upsert.bind(store);
    store.upsert = async (movies) => {
      if (movies.some(({ tmdb_id }) => tmdb_id === 3))
        throw new StoreError('invalid_argument', 'film 3 is not allowed');
      return upsert(movies);
    };
    const { outcome, failures } = await run(stub, store);
    expect(failures).toEqual([{ id: 3, code: 'invalid_argument', reason: 'film 3 is not allowed' }]);
    expect(outcome?.progress).toMatchObject({ new: 49, failed: 1 });
  });

  it('ends where the store fails, with its error', async () => {
    store.upsert = async () => {
      throw new StoreError('storage_failed', 'the disk is full');
    };
    const { error } = await run(stub, store);
    expect(error).toMatchObject({ code: 'storage_failed' });
  });

  it('knows genres by name and number, and tells which there are', async () => {
    const western = FILMS.filter(({ genres }) => genres.includes('Western')).map(({ tmdb_id }) => tmdb_id);
    await run(stub, store, { ...ALL, genre: 'western' });
    expect(await ids(store)).toEqual(western);
    await run(stub, store, { ...ALL, genre: '37' });
    expect(await ids(store)).toEqual(western);
    const { error } = await run(stub, store, { genre: 'Westren' });
    expect(error).toMatchObject({ code: 'unknown_value', known: expect.arrayContaining(['Western']) });
  });

  it('says so where nothing meets the criteria', async () => {
    const { outcome } = await run(stub, store, { min_rating: 10 });
    expect(outcome?.plan.warnings).toEqual(['No film at TMDB meets the criteria.']);
  });

  it('only looks in a dry run', async () => {
    await run(stub, store);
    stub.clearLog();
    const { outcome } = await run(stub, store, { target: 80, dry_run: true });
    expect(outcome?.plan).toMatchObject({ wanted: 80, fetch: 30, remove: 0 });
    expect(stub.detailRequests).toEqual([]);
    expect(await ids(store)).toHaveLength(50);
  });
});

describe('refresh', () => {
  beforeEach(async () => {
    await run(stub, store, ALL);
    for (const id of upTo(120)) await dateBack(id, 20);
    stub.clearLog();
  });

  it('fetches what TMDB changed since, and nothing else', async () => {
    stub.catalogue.edit(3, { overview: 'Another story.' }, daysAgo(16).slice(0, 10));
    stub.catalogue.edit(4, { vote_count: 9_999 }, daysAgo(1).slice(0, 10));
    stub.catalogue.edit(5, { overview: 'Too early to be told.' }, daysAgo(30).slice(0, 10));
    stub.catalogue.edit(9_000, { title: 'Not stored' });
    const { outcome } = await run(stub, store, { refresh: true });
    expect(stub.detailRequests.sort()).toEqual([3, 4]);
    expect(outcome?.progress).toMatchObject({ total: 2, done: 2, updated: 2, new: 0 });
    expect(await store.get(3)).toMatchObject({ overview: 'Another story.' });
    expect(await ids(store)).toEqual(upTo(120));
  });

  it('goes on from the last refresh', async () => {
    await run(stub, store, { refresh: true });
    stub.clearLog();
    await run(stub, store, { refresh: true });
    const today = new Date().toISOString().slice(0, 10);
    expect(stub.log.map(({ path, query }) => [path, query.start_date, query.end_date])).toEqual([
      ['/movie/changes', today, today],
    ]);
  });

  it('does not go on from a refresh in which a film failed', async () => {
    stub.catalogue.edit(3, { overview: 'Another story.' }, daysAgo(3).slice(0, 10));
    stub.faults = new Faults([parseFault('broken-film@3')]);
    expect((await run(stub, store, { refresh: true })).failures).toHaveLength(1);
    stub.faults = new Faults([]);
    await run(stub, store, { refresh: true });
    expect(await store.get(3)).toMatchObject({ overview: 'Another story.' });
  });

  it('fetches what is older than 180 days', async () => {
    await dateBack(11, 181);
    await run(stub, store, { refresh: true });
    expect(stub.detailRequests).toEqual([11]);
    expect(Date.now() - Date.parse((await store.get(11))?.fetched_at as string)).toBeLessThan(60_000);
  });

  it('deletes a film that TMDB has no more, but not one that was imported', async () => {
    stub.catalogue.remove(3);
    stub.catalogue.remove(4);
    const { fetched_at, ...imported } = (await store.get(4)) as Movie;
    await store.upsert([imported]);
    const { outcome, failures } = await run(stub, store, { refresh: true });
    expect(await ids(store)).toEqual(upTo(120).filter((id) => id !== 3));
    expect(outcome?.progress).toMatchObject({ deleted: 1, failed: 1 });
    expect(failures).toEqual([expect.objectContaining({ id: 4, code: 'tmdb_not_found' })]);
  });

  it('does not delete a film for a 404 that is not of TMDB', async () => {
    stub.catalogue.edit(3, { overview: 'Another story.' });
    stub.faults = new Faults([{ name: 'html404', requests: upTo(40).slice(2) }]);
    const { outcome } = await run(stub, store, { refresh: true });
    expect(await ids(store)).toEqual(upTo(120));
    expect(outcome?.progress).toMatchObject({ deleted: 0, failed: 1 });
  });

  it('asks nothing where nothing is stored', async () => {
    const { outcome } = await run(stub, new FakeMovieStore(), { refresh: true });
    expect(outcome?.progress).toMatchObject({ total: 0, done: 0 });
    expect(stub.log).toEqual([]);
  });

  it('only looks in a dry run', async () => {
    stub.catalogue.edit(3, { overview: 'Another story.' });
    const { outcome } = await run(stub, store, { refresh: true, dry_run: true });
    expect(outcome?.plan).toMatchObject({ matching: 120, wanted: 1, fetch: 1 });
    expect(stub.detailRequests).toEqual([]);
  });
});

describe('reset', () => {
  const OLD: Movie = {
    tmdb_id: 9_999,
    title: 'Old',
    overview: 'Old.',
    genres: [],
    directors: [],
    cast: [],
    keywords: [],
  };

  beforeEach(async () => {
    await store.upsert([OLD]);
  });

  it('keeps the old catalogue until the new one is whole, then has only that', async () => {
    const seen: number[][] = [];
    const replaceAll = store.replaceAll.bind(store);
    store.replaceAll = async (movies) => {
      seen.push(await ids(store));
      return replaceAll(movies);
    };
    const { outcome } = await run(stub, store, { ...ALL, reset: true });
    expect(seen).toEqual([[9_999]]);
    expect(await contents(store)).toEqual(FILMS.map(expected));
    expect(outcome?.progress).toMatchObject({ new: 120, deleted: 1, done: 120, unchanged: 0 });
    expect(outcome?.plan.remove).toBe(1);
    expect(await store.records.list('staged_films')).toEqual([]);
  });

  it('is resumed where it was cancelled, and the old catalogue answers meanwhile', async () => {
    await runUntil(60, { ...ALL, reset: true });
    expect(await ids(store)).toEqual([9_999]);
    const before = new Set(stub.detailRequests);
    stub.clearLog();
    await run(stub, store, { ...ALL, reset: true });
    const again = stub.detailRequests.filter((id) => before.has(id));
    expect(again.length).toBeLessThanOrEqual(8);
    expect(await contents(store)).toEqual(FILMS.map(expected));
  });

  it('does not mix languages', async () => {
    await runUntil(60, { ...ALL, reset: true });
    stub.clearLog();
    await run(stub, store, { ...ALL, reset: true }, { settings: { language: 'fr' } });
    expect(new Set(stub.detailRequests)).toEqual(new Set(upTo(120)));
    expect(await store.get(1)).toMatchObject({ title: FILMS[0]?.original_title });
  });

  it('keeps the stored row of a film that cannot be fetched this time', async () => {
    await store.upsert([{ ...OLD, tmdb_id: 5, title: 'Stored five' }]);
    stub.faults = new Faults([parseFault('broken-film@5,6')]);
    const { outcome } = await run(stub, store, { ...ALL, reset: true });
    expect(await ids(store)).toEqual(upTo(120).filter((id) => id !== 6));
    expect(await store.get(5)).toMatchObject({ title: 'Stored five' });
    expect(outcome?.progress.failed).toBe(2);
  });

  it('changes nothing where TMDB fails or lists nothing', async () => {
    stub.faults = new Faults([parseFault('broken-film=1')]);
    expect((await run(stub, store, { ...ALL, reset: true })).error).toMatchObject({ kind: 'bad_response' });
    expect((await run(stub, store, { min_rating: 10, reset: true })).error).toMatchObject({ code: 'invalid_argument' });
    expect(await ids(store)).toEqual([9_999]);
  });

  it('only looks in a dry run', async () => {
    const { outcome } = await run(stub, store, { ...ALL, reset: true, dry_run: true });
    expect(outcome?.plan).toMatchObject({ wanted: 120, fetch: 120, remove: 1 });
    expect(await ids(store)).toEqual([9_999]);
  });
});
