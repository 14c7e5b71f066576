import { type Criteria, discover } from '../../../src/tmdb/discovery';
import { Faults, parseFault } from '../../tmdb-stub/faults';
import { generateFilms } from '../../tmdb-stub/generate-films';
import type { TmdbStub } from '../../tmdb-stub/server';
import { clientOf, startStub } from '../updates/ingestion/harness';

const EVERYTHING: Criteria = { target: 1_000_000, minRating: 0, minVotes: 0 };

let stub: TmdbStub;

afterEach(() => stub.close());

async function list(criteria: Partial<Criteria>, ...faults: string[]) {
  stub.faults = new Faults(faults.map(parseFault));
  const client = clientOf(stub);
  try {
    return await discover(client, { ...EVERYTHING, ...criteria });
  } finally {
    await client.close();
  }
}

function sorted(ids: number[]): number[] {
  return [...ids].sort((a, b) => a - b);
}

function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}

describe('the most popular films', () => {
  beforeEach(async () => {
    stub = await startStub(generateFilms(400));
  });

  it('are listed in order, with one page more than needed', async () => {
    const { ids, matching, warnings } = await list({ target: 50 });
    expect(ids).toEqual(upTo(50));
    expect(matching).toBe(400);
    expect(warnings).toEqual([]);
    expect(stub.log).toHaveLength(4);
  });

  it('are all there where more are wanted than there are', async () => {
    expect((await list({ target: 500 })).ids).toEqual(upTo(400));
    expect(stub.log).toHaveLength(20);
  });

  it('meet the criteria', async () => {
    const { ids } = await list({
      minRating: 8,
      minVotes: 2_000,
      language: 'fr',
      yearFrom: 1960,
      yearTo: 1999,
      genre: 35,
    });
    const films = generateFilms(400).filter(
      (film) =>
        (film.vote_average ?? 0) >= 8 &&
        (film.vote_count ?? 0) >= 2_000 &&
        film.original_language === 'fr' &&
        film.release_date !== undefined &&
        (film.year ?? 0) >= 1960 &&
        (film.year ?? 0) <= 1999 &&
        film.genres.includes('Comedy'),
    );
    expect(films.length).toBeGreaterThan(0);
    expect(ids).toEqual(films.map((film) => film.tmdb_id));
  });

  it('are none where nothing meets the criteria', async () => {
    expect(await list({ minRating: 10 })).toEqual({ ids: [], matching: 0, warnings: [] });
  });

  it.each([
    ['films move over the edges of the pages now and then', ['shifts=0.4']],
    ['films move at one page', ['shifts@3']],
    ['films are shown twice now and then, and hide others', ['duplicates=0.15']],
    ['both, and answers fail', ['shifts=0.3', 'duplicates=0.1', '500=0.2', 'reset=0.1']],
  ])('are not missed when %s', async (_what, faults) => {
    const { ids } = await list({}, ...faults);
    expect(sorted(ids)).toEqual(upTo(400));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('come with a warning where the list never stands still', async () => {
    const { warnings } = await list({}, 'duplicates=1');
    expect(warnings).toEqual([expect.stringContaining('kept changing')]);
  });

  it('end with the refusal where a page cannot be read', async () => {
    await expect(list({}, '500=1')).rejects.toMatchObject({ kind: 'unavailable' });
  });
});

describe('more films than TMDB can page through', () => {
  it('are listed in slices of release dates, the undated ones too, no page beyond 500 and no slice twice', async () => {
    const films = generateFilms(10_500);
    stub = await startStub(films);
    const { ids, matching, warnings } = await list({});
    expect(matching).toBe(10_500);
    expect(warnings).toEqual([]);
    expect(sorted(ids)).toEqual(upTo(10_500));
    expect(stub.log.every(({ status }) => status === 200)).toBe(true);
    expect(stub.log.length).toBeLessThan(10_500 / 20 + 60);
  });

  it('of one day are cut at what TMDB shows, and said to be', async () => {
    stub = await startStub(generateFilms(10_100, () => ({ release_date: '2000-01-01', year: 2000 })));
    const { ids, warnings } = await list({ yearFrom: 2000, yearTo: 2000 });
    expect(ids).toHaveLength(10_000);
    expect(warnings).toContainEqual(expect.stringContaining('10100 films of 2000-01-01'));
  });
});
