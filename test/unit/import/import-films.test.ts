import { importFilms } from '../../../src/import/import-films';
import type { Movie, UpsertReport } from '../../../src/store/movie-store';
import { StoreError } from '../../../src/store/store-error';
import { FakeMovieStore } from '../../fake-store/fake-movie-store';
import { jsonl, writeTemporary } from './helpers';

const film = (id: number, title = `Film ${id}`) => ({ tmdb_id: id, title, overview: `What happens in ${id}.` });
const films = (count: number) => Array.from({ length: count }, (_, i) => film(i + 1));

/** Records what is sent; `upsert` may be held up by `gate`. */
class RecordingStore {
  readonly store = new FakeMovieStore();
  readonly batches: number[] = [];
  inFlight = 0;
  mostInFlight = 0;

  constructor(private readonly gate: () => Promise<void> = () => Promise.resolve()) {}

  async upsert(movies: Movie[]): Promise<UpsertReport> {
    this.batches.push(movies.length);
    this.mostInFlight = Math.max(this.mostInFlight, ++this.inFlight);
    await this.gate();
    this.inFlight--;
    return this.store.upsert(movies);
  }
}

test('films go in batches, two in flight, and are counted when they are stored', async () => {
  const store = new RecordingStore(() => new Promise((resolve) => setImmediate(resolve)));
  const progress: number[] = [];
  const report = await importFilms(store, [writeTemporary('a.jsonl', jsonl(...films(700)))], {
    onProgress: (done, total) => {
      expect(total).toBe(700);
      progress.push(done);
    },
  });
  expect(store.batches).toEqual([256, 256, 188]);
  expect(store.mostInFlight).toBe(2);
  expect(progress).toEqual([0, 256, 512, 700]);
  expect(report).toMatchObject({ total: 700, inserted: 700, failed: 0, problems: [], interrupted: false });
});

test('a second import changes nothing, a changed row only its film', async () => {
  const store = new FakeMovieStore();
  await importFilms(store, [writeTemporary('a.jsonl', jsonl(...films(10)))]);
  const again = await importFilms(store, [writeTemporary('b.jsonl', jsonl(...films(9), film(10, 'Another title')))]);
  expect(again).toMatchObject({ inserted: 0, unchanged: 9, updated: 1 });
});

test('bad rows are reported by file and line, and the good ones are stored', async () => {
  const store = new FakeMovieStore();
  const file = writeTemporary('a.jsonl', `${jsonl(film(1))}{"tmdb_id": 2}\nnot json\n${jsonl(film(4))}`);
  const report = await importFilms(store, [file]);
  expect(report.inserted).toBe(2);
  expect(report.problems).toEqual([
    { file, line: 2, reason: expect.stringContaining('title') },
    expect.objectContaining({ file, line: 3, reason: expect.stringContaining('not JSON') }),
  ]);
});

test('a film is stored without what is wrong in its row, and the report says so', async () => {
  const store = new FakeMovieStore();
  const file = writeTemporary('a.jsonl', jsonl(film(1), { ...film(2), release_date: '2024-02-30', cast: ['A', null] }));
  const report = await importFilms(store, [file]);
  expect(report).toMatchObject({ inserted: 2, problems: [] });
  expect(report.faults).toEqual([
    { file, line: 2, reason: 'release_date is not a date as YYYY-MM-DD; cast.1 is missing' },
  ]);
  expect(await store.get(2)).toMatchObject({ cast: ['A'] });
});

test('of several rows of a film the last one wins, across files too, and the others are reported', async () => {
  const store = new RecordingStore();
  const a = writeTemporary('a.jsonl', jsonl(film(1, 'first'), film(1, 'second'), film(2)));
  const b = writeTemporary('b.jsonl', jsonl(film(1, 'third')));
  const report = await importFilms(store, [a, b]);
  expect(await store.store.get(1)).toMatchObject({ title: 'third' });
  expect(report).toMatchObject({ total: 2, inserted: 2 });
  expect(store.batches).toEqual([2]);
  expect(report.duplicates).toEqual([
    { file: a, line: 1, id: 1, replacedBy: { file: b, line: 1 } },
    { file: a, line: 2, id: 1, replacedBy: { file: b, line: 1 } },
  ]);
});

test('unknown fields are named', async () => {
  const file = writeTemporary('a.jsonl', jsonl({ ...film(1), budget: 7, overvew: 'x' }));
  expect((await importFilms(new FakeMovieStore(), [file])).ignoredFields).toEqual(['budget', 'overvew']);
});

test('an interrupted import ends after the batches in flight, counts what is stored, and goes on when run again', async () => {
  const abort = new AbortController();
  const store = new RecordingStore(async () => abort.abort());
  const file = writeTemporary('a.jsonl', jsonl(...films(2_000)));
  const report = await importFilms(store, [file], { signal: abort.signal });
  const stored = store.store.status().films;
  expect(report.interrupted).toBe(true);
  expect(report.inserted).toBe(stored);
  expect(stored).toBeLessThanOrEqual(512);
  expect(store.inFlight).toBe(0);
  const rest = await importFilms(store.store, [file]);
  expect(rest).toMatchObject({ unchanged: stored, inserted: 2_000 - stored, interrupted: false });
});

test('a film that the store refuses is reported alone', async () => {
  const store = new FakeMovieStore();
  const picky = {
    upsert: (movies: Movie[]) => {
      if (movies.some(({ tmdb_id }) => tmdb_id === 77)) {
        return Promise.reject(new StoreError('invalid_argument', 'the overview is too long'));
      }
      return store.upsert(movies);
    },
  };
  const file = writeTemporary('a.jsonl', jsonl(...films(300)));
  const report = await importFilms(picky, [file]);
  expect(report).toMatchObject({ inserted: 299, failed: 1 });
  expect(report.problems).toEqual([{ file, line: 77, reason: 'the overview is too long' }]);
});

test('a failing store ends the import with its error, once nothing is in flight', async () => {
  const store = new RecordingStore(async () => {
    throw new StoreError('storage_failed', 'the disk is full');
  });
  const file = writeTemporary('a.jsonl', jsonl(...films(2_000)));
  await expect(importFilms(store, [file])).rejects.toThrow('the disk is full');
  expect(store.batches.length).toBeLessThanOrEqual(3);
});
