import { TmdbError } from '../../../../src/tmdb/tmdb-error';
import { FakeMovieStore } from '../../../fake-store/fake-movie-store';
import { parseFault } from '../../../tmdb-stub/faults';
import { generateFilms } from '../../../tmdb-stub/generate-films';
import { busiestSecond } from '../../../tmdb-stub/rate-window';
import { contents, expected, IMPATIENT, run, type SETTINGS, startStub } from './harness';

const FILMS = generateFilms(120);
const WANTED = { target: 500 };

/** Every film is there and whole in spite of these. */
const OVERCOME: [scenario: string, faults: string[], settings?: Partial<typeof SETTINGS>][] = [
  ['no fault', []],
  ['slow answers', ['latency=0.3:60']],
  ['a stall now and then', ['stall@4,40'], IMPATIENT],
  ['bodies that stall halfway', ['stall-body@3,50'], IMPATIENT],
  ['resets', ['reset=0.2']],
  ['a reset of the very first request', ['reset@1']],
  ['bodies cut off', ['truncated=0.2']],
  ['JSON cut off', ['truncated-json=0.2']],
  ['pages of HTML with 502', ['html502=0.2']],
  ['pages of HTML with 404', ['html404=0.2']],
  ['internal errors', ['500=0.2']],
  ['429 with Retry-After 0', ['429=0.1:0']],
  ['429 with Retry-After 1', ['429@2,30:1']],
  ['an outage of ten requests', [`html502@${Array.from({ length: 10 }, (_, index) => index + 20).join(',')}`]],
  ['pages that shift', ['shifts=0.4']],
  ['pages with duplicates', ['duplicates=0.15']],
  ['shifts, duplicates and resets at once', ['shifts=0.3', 'duplicates=0.1', 'reset=0.1']],
  [
    'every transport fault at once',
    ['reset=0.05', 'truncated=0.05', 'truncated-json=0.05', 'html502=0.05', '500=0.05', 'html404=0.05', '429=0.05:0'],
  ],
  ['faults only while films are listed', ['500@1,2,3,4,5']],
];

/** What cannot be right is told: in the film, in the failures, or as the reason why nothing came. */
const TOLD: [scenario: string, faults: string[], settings: Partial<typeof SETTINGS>, kind: TmdbError['kind']][] = [
  ['TMDB that only stalls', ['stall=1'], { attempts: 2, requestTimeoutMs: 100 }, 'unavailable'],
  ['TMDB that only resets', ['reset=1'], {}, 'unavailable'],
  ['TMDB that only cuts off', ['truncated=1'], {}, 'unavailable'],
  ['TMDB that only sends half of the JSON', ['truncated-json=1'], {}, 'bad_response'],
  ['TMDB behind a broken gateway', ['html502=1'], {}, 'unavailable'],
  ['TMDB behind a wrong path', ['html404=1'], {}, 'bad_response'],
  ['TMDB with an internal error', ['500=1'], {}, 'unavailable'],
  ['TMDB that refuses every request for now', ['429=1:0'], {}, 'rate_limited'],
  ['TMDB that refuses every request for a day', ['429=1:86400'], {}, 'rate_limited'],
  ['a wrong key', [], { apiKey: 'wrong0123456789' }, 'unauthorised'],
  ['a wrong token', [], { apiKey: 'wrong.wrong.wrong' }, 'unauthorised'],
  ['nobody at the address', [], { baseUrl: 'http://127.0.0.1:1/3' }, 'unavailable'],
  ['films of another shape', ['broken-film=1'], {}, 'bad_response'],
];

async function scenario(faults: string[], settings: Partial<typeof SETTINGS> = {}) {
  const stub = await startStub(FILMS, { faults: faults.map(parseFault) });
  const store = new FakeMovieStore();
  try {
    const ran = await run(stub, store, WANTED, { settings: { baseUrl: stub.baseUrl, ...settings } });
    return { stub, store, ...ran };
  } finally {
    await stub.close();
  }
}

it.each(OVERCOME)('every film is right in spite of %s', async (_name, faults, settings = {}) => {
  const { store, outcome, failures, error } = await scenario(faults, settings);
  expect(error).toBeUndefined();
  expect(failures).toEqual([]);
  expect(outcome?.plan.warnings).toEqual([]);
  expect(await contents(store)).toEqual(FILMS.map(expected));
});

it.each(TOLD)('%s is told as what it is', async (_name, faults, settings, kind) => {
  const { store, error } = await scenario(faults, settings);
  expect(error).toBeInstanceOf(TmdbError);
  expect((error as TmdbError).kind).toBe(kind);
  expect((error as TmdbError).advice).not.toBe('');
  expect(await contents(store)).toEqual([]);
});

it('fields that are null leave the film without them', async () => {
  const { store, failures } = await scenario(['null-fields=1']);
  expect(failures).toEqual([]);
  const movies = await contents(store);
  expect(movies).toHaveLength(120);
  for (const movie of movies) {
    expect(movie.overview).toBe('');
    for (const field of ['tagline', 'poster_path', 'release_date', 'year', 'runtime', 'imdb_id'])
      expect(movie).not.toHaveProperty(field);
  }
});

it('several directors are all kept, and a film without a cast has none', async () => {
  const { store } = await scenario(['several-directors=0.5', 'no-cast=0.5']);
  const movies = await contents(store);
  const several = movies.filter(
    ({ directors }) => directors.includes('Second Director') && directors.includes('Third Director'),
  );
  const alone = movies.filter(({ cast }) => cast.length === 0);
  expect(several.length).toBeGreaterThan(20);
  expect(several.length).toBeLessThan(100);
  expect(alone.length).toBeGreaterThan(20);
  expect(movies).toHaveLength(120);
});

it('a limit lower than the rate of the client slows it down, and nothing is lost', async () => {
  const stub = await startStub(FILMS, { limit: 100 });
  const store = new FakeMovieStore();
  const { failures } = await run(stub, store, WANTED);
  expect(failures).toEqual([]);
  expect(await contents(store)).toEqual(FILMS.map(expected));
  expect(stub.log.some(({ status }) => status === 429)).toBe(true);
  expect(busiestSecond(stub.log.filter(({ status }) => status === 200).map(({ at }) => at))).toBeLessThanOrEqual(100);
  await stub.close();
});
