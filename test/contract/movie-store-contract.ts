import type { Movie, MovieStore } from '../../src/store/movie-store';
import type { StoreError } from '../../src/store/store-error';
import type { Stores } from '../../src/store/stores';
import { MOVIES } from '../fixtures/movies';

/** What every MovieStore does. `open` gives an empty store; it is closed after each test. */
export function movieStoreContract(open: () => Promise<Stores>): void {
  let stores: Stores;
  let store: MovieStore;
  beforeEach(async () => {
    stores = await open();
    store = stores.movies;
  });
  afterEach(() => stores.close());

  const LIST = { sort: 'id', descending: false, limit: 5, offset: 0 } as const;
  const [titanic, matrix] = MOVIES as [Movie, Movie];
  const fill = () => store.upsert([...MOVIES]);
  const idsOf = (hits: { id: number }[]) => hits.map(({ id }) => id);

  test('an empty store refuses questions and lists nothing', async () => {
    await expect(store.search({ text: 'x', limit: 1 })).rejects.toMatchObject({ code: 'catalogue_empty' });
    await expect(store.recommend({ liked: [1], limit: 1 })).rejects.toMatchObject({ code: 'catalogue_empty' });
    expect(await store.list({ sort: 'id', descending: false, limit: 5, offset: 0 })).toEqual({ movies: [], total: 0 });
    expect(await store.get(1)).toBeUndefined();
    expect(store.isEmpty()).toBe(true);
    expect(store.status()).toMatchObject({ films: 0, pending: 0 });
  });

  test('upsert tells new, changed, touched and unchanged films apart', async () => {
    expect(await store.upsert([titanic])).toMatchObject({ inserted: [597], updated: [], touched: [], unchanged: [] });
    expect(await store.upsert([titanic, matrix])).toMatchObject({ inserted: [603], unchanged: [597] });
    expect(await store.upsert([{ ...titanic, vote_count: 1 }])).toMatchObject({ touched: [597], updated: [] });
    expect(await store.upsert([{ ...titanic, overview: 'Other words.' }])).toMatchObject({ updated: [597] });
    expect(store.isEmpty()).toBe(false);
    expect(store.status()).toMatchObject({ films: 2, pending: 0 });
  });

  test('when a film was fetched is kept, and is no change', async () => {
    await store.upsert([titanic]);
    const fetched_at = '2026-01-02T03:04:05Z';
    expect(await store.upsert([{ ...titanic, fetched_at }])).toMatchObject({ unchanged: [597] });
    expect(await store.fetchTimes()).toEqual([{ id: 597, fetched_at }]);
    expect(await store.get(597)).toMatchObject({ title: 'Titanic', fetched_at });
  });

  test('a film comes back as it was given', async () => {
    await fill();
    expect(await store.get(597)).toMatchObject({ ...titanic, vote_average: expect.closeTo(7.9, 5) });
  });

  test('what is deleted is gone from the next question on', async () => {
    await fill();
    expect(await store.delete([597, 4_000_000])).toBe(1);
    expect(await store.get(597)).toBeUndefined();
    const { hits } = await store.search({ text: 'a romantic story on a sinking ship', limit: 100 });
    expect(idsOf(hits)).not.toContain(597);
    await expect(store.recommend({ liked: [597], limit: 1 })).rejects.toMatchObject({ code: 'film_not_found' });
  });

  test('replaceAll leaves exactly the films given', async () => {
    await fill();
    const report = await store.replaceAll([titanic, { ...titanic, tmdb_id: 2 }]);
    expect(report).toMatchObject({ inserted: [2], unchanged: [597] });
    expect(report.deleted).toHaveLength(MOVIES.length - 1);
    expect(store.status().films).toBe(2);
  });

  test('references resolve in their order, by title, year or id', async () => {
    await fill();
    const references = ['heat (1986)', 603, 'the MATRIX', 'Amelie', 999, 'Heat', 'Qwertyuiop Asdfgh'];
    const found = await store.resolve(references);
    expect(found.map(({ reference }) => reference)).toEqual(references);
    expect(found.map(({ movie }) => movie?.id)).toEqual([28466, 603, 603, 194, undefined, 949, undefined]);
    expect(found[0]?.movie).toEqual({ id: 28466, title: 'Heat', year: 1986 });
  });

  test('titles are completed', async () => {
    await fill();
    expect(idsOf(await store.suggest('the mat', 5)).sort()).toEqual([603, 604]);
    expect(await store.suggest('the mat', 1)).toHaveLength(1);
  });

  test('lists are sorted, filtered and paged', async () => {
    await fill();
    const request = { sort: 'year', descending: true, limit: 3, offset: 0 } as const;
    const first = await store.list(request);
    const second = await store.list({ ...request, offset: 3 });
    const years = [...first.movies, ...second.movies].map(({ year }) => year);
    expect(years).toEqual([2010, 2006, 2006, 2003, 2001, 1999]);
    expect(first.total).toBe(MOVIES.length);
    const filters = { genres: { any: ['science fiction'] }, year: { max: 2003 } };
    const filtered = await store.list({ ...request, filters, facets: true });
    expect(filtered.movies.map(({ tmdb_id }) => tmdb_id)).toEqual([604, 603]);
    const genres = filtered.facets?.find(({ field }) => field === 'genres');
    expect(genres?.values).toContainEqual({ value: 'Action', count: 2 });
  });

  test('filters and exclusions hold for questions, and unknown values are named', async () => {
    await fill();
    const asked = { text: 'a thief and dreams', limit: 100 };
    const { hits, total } = await store.search({ ...asked, filters: { languages: { any: ['fr'] }, exclude: [194] } });
    expect(idsOf(hits)).toEqual([300]);
    expect(total).toBe(1);
    await expect(store.search({ ...asked, filters: { genres: { any: ['Dramma'] } } })).rejects.toMatchObject({
      code: 'unknown_value',
      known: expect.arrayContaining(['Drama']),
    });
  });

  test('hits fall in score, are the same every time, and pages continue each other', async () => {
    await fill();
    const ask = (limit: number, offset: number) => store.search({ text: 'the world is a simulation', limit, offset });
    const { hits } = await ask(10, 0);
    expect(hits).toHaveLength(MOVIES.length);
    expect(hits.map(({ score }) => score)).toEqual(hits.map(({ score }) => score).sort((a, b) => b - a));
    const parts = [await ask(4, 0), await ask(4, 4), await ask(4, 8)];
    expect(parts.flatMap((part) => part.hits)).toEqual(hits);
  });

  test('films named in a recommendation never come back', async () => {
    await fill();
    const { hits } = await store.recommend({ liked: [603], disliked: [949], limit: 100, filters: { exclude: [300] } });
    expect(idsOf(hits)).toEqual(expect.not.arrayContaining([603, 604, 949, 300]));
    expect(hits).toHaveLength(MOVIES.length - 4);
    const series = await store.recommend({ liked: [603], limit: 100, same_collection: true });
    expect(idsOf(series.hits)).toContain(604);
    expect((await store.recommend({ liked: [], disliked: [603], limit: 100 })).hits).toHaveLength(MOVIES.length - 1);
  });

  test('details and explanations come on request', async () => {
    await fill();
    const include = { details: true, explanation: true };
    const { hits } = await store.search({ text: 'sinking ship', limit: 1, include });
    expect(hits[0]).toMatchObject({ id: 597, movie: { tmdb_id: 597 }, explanation: { sentence: expect.any(String) } });
    const [plain] = (await store.search({ text: 'sinking ship', limit: 1 })).hits;
    expect(Object.keys(plain ?? {}).sort()).toEqual(['id', 'score', 'title']);
  });

  test.each([
    [
      'search',
      () => store.search({ text: 'x', limit: 1, mode: 'lexicall' as 'lexical' }),
      'mode',
      'lexicall',
      'lexical',
    ],
    ['search', () => store.search({ text: 'x', limit: 1, ...{ k: 5 } }), undefined, 'k', 'limit'],
    ['list', () => store.list({ ...LIST, sort: 'yeer' as 'year' }), 'sort', 'yeer', 'year'],
    ['list', () => store.list({ ...LIST, filters: { year: { from: 1990 } as object } }), undefined, 'from', 'min'],
  ])('%s refuses what it does not know, and says what it does (%#)', async (_, ask, field, wrong, known) => {
    await fill();
    const error = await ask().then(
      () => undefined,
      (cause: StoreError) => cause,
    );
    expect(error).toMatchObject({ code: 'invalid_argument', ...(field !== undefined && { field }) });
    expect(error?.message).toContain(wrong);
    expect(error?.message).toContain(known);
  });

  test('a closed store refuses, and closes again', async () => {
    await fill();
    await stores.close();
    await stores.close();
    await expect(store.search({ text: 'x', limit: 1 })).rejects.toMatchObject({ code: 'closed' });
    await expect(store.upsert([titanic])).rejects.toMatchObject({ code: 'closed' });
    await expect(store.get(597)).rejects.toMatchObject({ code: 'closed' });
  });
}
