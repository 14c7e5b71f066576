import { FakeMovieStore } from '../../../src/engine/fake/fake-movie-store';
import type { Movie } from '../../../src/movies/movie';
import { MOVIES } from '../../fixtures/movies';

const [titanic] = MOVIES as [Movie];

test('upsert tells what it did to each film', async () => {
  const store = new FakeMovieStore([titanic]);
  const report = await store.upsert([
    titanic,
    { ...titanic, tmdb_id: 1 },
    { ...titanic, vote_count: 1 },
    { ...titanic, vote_count: 1, overview: 'Other words.' },
  ]);
  expect(report).toEqual({ inserted: [1], updated: [597], touched: [597], unchanged: [597] });
  expect(store.status()).toMatchObject({ movies: 2, generation: 1 });
});

test('replaceAll leaves exactly the films given', async () => {
  const store = new FakeMovieStore(MOVIES);
  const { deleted, inserted } = await store.replaceAll([titanic, { ...titanic, tmdb_id: 2 }]);
  expect(inserted).toEqual([2]);
  expect(deleted).toHaveLength(MOVIES.length - 1);
  expect(store.status().movies).toBe(2);
});

test('records are kept apart by collection, in order, as copies', async () => {
  const { records } = new FakeMovieStore();
  const value = { n: 1 };
  await records.put('jobs', 'b', value);
  await records.put('jobs', 'a', 2);
  await records.put('keys', 'a', 3);
  value.n = 9;
  expect((await records.list('jobs')).map(({ key, value }) => [key, value])).toEqual([
    ['a', 2],
    ['b', { n: 1 }],
  ]);
  expect([await records.delete('jobs', 'a'), await records.delete('jobs', 'a')]).toEqual([true, false]);
  expect(await records.get('jobs', 'a')).toBeUndefined();
});

test('a closed store refuses', async () => {
  const store = new FakeMovieStore(MOVIES);
  await store.close();
  await expect(store.search({ text: 'x', limit: 1 })).rejects.toMatchObject({ code: 'closed' });
});
