import { parseFault } from '../../tmdb-stub/faults';
import { generateFilms } from '../../tmdb-stub/generate-films';
import { TmdbStub } from '../../tmdb-stub/server';

const FILMS = generateFilms(60);

let stub: TmdbStub;

async function start(options: Partial<Parameters<typeof TmdbStub.start>[0]> = {}): Promise<void> {
  stub = await TmdbStub.start({ films: FILMS, limit: 0, ...options });
}

afterEach(() => stub.close());

/** What the tests look at of any answer. */
interface Body {
  results: { id: number }[];
  total_results: number;
  genres: unknown[];
  success: boolean;
  title: string;
}

async function ask(path: string, headers: Record<string, string> = {}) {
  const response = await fetch(stub.baseUrl + path, { headers });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Body };
}

function ids(body: Body): number[] {
  return body.results.map(({ id }) => id);
}

describe('the stub', () => {
  it('shows 20 films a page, in order, and empty pages behind the last', async () => {
    await start();
    const { body } = await ask('/discover/movie?api_key=x&sort_by=popularity.asc&page=3');
    expect(body).toMatchObject({ page: 3, total_pages: 3, total_results: 60 });
    expect(ids(body)).toEqual(Array.from({ length: 20 }, (_, index) => 20 - index));
    expect(ids((await ask('/discover/movie?api_key=x&page=4')).body)).toEqual([]);
  });

  it('reports more than 500 pages and refuses to show them', async () => {
    await start({ films: generateFilms(10_001) });
    expect((await ask('/discover/movie?api_key=x&page=500')).body).toMatchObject({ total_pages: 501 });
    for (const page of ['501', '0', '-1', '1.5', 'x']) {
      const { status, body } = await ask(`/discover/movie?api_key=x&page=${page}`);
      expect(status).toBe(400);
      expect(body).toMatchObject({ status_code: 22, success: false });
    }
  });

  it('reads , as and, | as or', async () => {
    await start();
    const of = (...names: string[]) => FILMS.filter(({ genres }) => names.every((name) => genres.includes(name)));
    const both = await ask('/discover/movie?api_key=x&with_genres=28,35');
    expect(both.body.total_results).toBe(of('Action', 'Comedy').length);
    const either = await ask('/discover/movie?api_key=x&with_genres=28|35');
    expect(either.body.total_results).toBe(new Set([...of('Action'), ...of('Comedy')]).size);
  });

  it('lets in both kinds of keys, and only the right one', async () => {
    await start({ key: 'right' });
    expect((await ask('/genre/movie/list?api_key=right')).body.genres).toHaveLength(19);
    expect((await ask('/authentication', { authorization: 'Bearer right' })).body.success).toBe(true);
    for (const [query, headers] of [
      ['', {}],
      ['?api_key=wrong', {}],
      ['', { authorization: 'Bearer wrong' }],
    ] as const) {
      const { status, body } = await ask(`/configuration${query}`, headers);
      expect(status).toBe(401);
      expect(body).toEqual({
        status_code: 7,
        status_message: 'Invalid API key: You must be granted a valid key.',
        success: false,
      });
    }
    expect(JSON.stringify(stub.log)).not.toMatch(/right|wrong/);
  });

  it('refuses what TMDB refuses', async () => {
    await start();
    expect(await ask('/movie/999?api_key=x')).toMatchObject({ status: 404, body: { status_code: 34 } });
    expect(await ask('/nothing?api_key=x')).toMatchObject({ status: 404, body: { status_code: 34 } });
    const many = Array.from({ length: 21 }, () => 'credits').join(',');
    expect(await ask(`/movie/1?api_key=x&append_to_response=${many}`)).toMatchObject({
      status: 400,
      body: { status_code: 27 },
    });
    const long = '/movie/changes?api_key=x&start_date=2026-01-01&end_date=2026-01-16';
    expect(await ask(long)).toMatchObject({ status: 422, body: { status_code: 20 } });
  });

  it('answers 429 above its limit', async () => {
    await start({ limit: 5 });
    const answers = await Promise.all(Array.from({ length: 8 }, () => ask('/configuration?api_key=x')));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(3);
    expect(refused[0]?.headers.get('retry-after')).toBe('1');
    expect(refused[0]?.body).toMatchObject({
      status_code: 25,
      status_message: expect.stringContaining('over the allowed limit of (5)'),
    });
    expect(stub.busiestSecond).toBe(8);
  });

  it('appends only what is asked for, and finds films by title and year', async () => {
    await start();
    const { body } = await ask('/movie/1?api_key=x&append_to_response=keywords,nonsense');
    expect(body).toHaveProperty('keywords');
    expect(body).not.toHaveProperty('credits');
    expect(body).not.toHaveProperty('nonsense');
    expect(ids((await ask('/search/movie?api_key=x&query=harbour%201&year=1950')).body)).toEqual([1]);
  });

  it('takes edits over HTTP, and tells of them in the changes feed', async () => {
    await start();
    const control = (path: string, init: RequestInit) => fetch(new URL(path, stub.baseUrl), init);
    await control('/__films/1', { method: 'POST', body: JSON.stringify({ title: 'Edited' }) });
    await control('/__films/2', { method: 'DELETE' });
    expect((await ask('/movie/1?api_key=x')).body.title).toBe('Edited');
    expect((await ask('/movie/2?api_key=x')).status).toBe(404);
    expect((await ask('/movie/changes?api_key=x')).body.results).toEqual([
      { id: 1, adult: false },
      { id: 2, adult: null },
    ]);
    const log = (await (await control('/__log', {})).json()) as { requests: { path: string }[] };
    expect(log.requests.map(({ path }) => path)).toEqual(['/movie/1', '/movie/2', '/movie/changes']);
  });

  it('reads orders for faults', async () => {
    await start();
    expect(parseFault('reset=0.25')).toEqual({ name: 'reset', rate: 0.25 });
    expect(parseFault('latency@3,7:500')).toEqual({ name: 'latency', requests: [3, 7], value: 500 });
    for (const wrong of ['reset', 'reset=', 'nothing=1', 'reset@x', 'reset=1:'])
      expect(() => parseFault(wrong)).toThrow('is no fault');
  });
});
