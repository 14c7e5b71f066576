import { setTimeout as sleep } from 'node:timers/promises';
import { generateFilms } from '../tmdb-stub/generate-films';
import { TmdbStub } from '../tmdb-stub/server';
import { ServerProcess } from './server-process';

const FILMS = 64;
/** Kills come at random within this time after a start: an update of so many films takes about twice as long. */
const MAX_DELAY_MS = 2_000;
const END_MS = 60_000;

interface UpdateView {
  id: string;
  state: string;
  restarts: number;
  progress: { new: number; updated: number; failed: number };
  error: unknown;
}

interface MovieList {
  movies: { tmdb_id: number; overview: string }[];
  total: number;
}

interface Hits {
  movie_id: number;
}

export interface KillReport {
  kills: number;
  /** Kills that found an update under way, which then went on after the restart. */
  resumed: number;
  /** Updates that came to their end. */
  updates: number;
}

/**
 * Kills a server at random moments of updates, starts it again and checks what it has; `more` says whether there is to be
 * another kill. Each update brings in every film with another word in its overview, so that the word tells which films it
 * has stored. Rejects where anything that was reported is missing.
 */
export async function killRounds(dataDir: string, more: (kills: number) => boolean): Promise<KillReport> {
  const stub = await TmdbStub.start({ films: generateFilms(FILMS) });
  const rounds = new KillRounds(stub, {
    DATA_DIR: dataDir,
    STARTER_FILMS: 'false',
    TMDB_API_KEY: 'kill-test',
    TMDB_BASE_URL: stub.baseUrl,
    TMDB_REQUESTS_PER_SECOND: '32',
  });
  try {
    return await rounds.run(more);
  } finally {
    await rounds.close();
    await stub.close();
  }
}

class KillRounds {
  private server: ServerProcess | undefined;
  private readonly report: KillReport = { kills: 0, resumed: 0, updates: 0 };
  private update: UpdateView | undefined;
  /** A word that only the films of the newest update have. */
  private word = '';
  /** Films that the newest update was seen to have stored. */
  private seen = new Set<number>();
  private readonly story: string[] = [];

  constructor(
    private readonly stub: TmdbStub,
    private readonly variables: Record<string, string>,
  ) {}

  async run(more: (kills: number) => boolean): Promise<KillReport> {
    try {
      this.server = await ServerProcess.start(this.variables);
      while (more(this.report.kills)) await this.round(this.server);
      while (this.update !== undefined) await this.follow(this.server, Number.POSITIVE_INFINITY);
      return this.report;
    } catch (error) {
      throw new Error(`${(error as Error).message}\nBefore that:\n${this.story.slice(-10).join('\n')}`, {
        cause: error,
      });
    }
  }

  async close(): Promise<void> {
    await this.server?.end('SIGKILL').catch(() => {});
  }

  private async round(server: ServerProcess): Promise<void> {
    const delay = Math.random() * MAX_DELAY_MS;
    if (this.update === undefined) await this.begin(server);
    await this.follow(server, performance.now() + delay);
    await server.end('SIGKILL');
    this.report.kills += 1;
    this.story.push(
      `kill ${this.report.kills} after ${delay.toFixed(0)} ms in ${this.word}, ${this.seen.size} films seen, ${JSON.stringify(this.update)}`,
    );
    const before = this.update;
    this.server = await ServerProcess.start(this.variables);
    await this.checkCatalogue(this.server);
    if (before === undefined) return;
    const after = await this.server.json<UpdateView>('GET', `/admin/updates/${before.id}`);
    if (after.restarts > before.restarts) this.report.resumed += 1;
    else if (after.state !== 'succeeded') throw new Error(`the update did not go on: ${JSON.stringify(after)}`);
  }

  private async begin(server: ServerProcess): Promise<void> {
    const refresh = this.report.updates > 0;
    this.word = `zyqword${this.report.updates}`;
    for (const film of generateFilms(FILMS)) {
      this.stub.catalogue.edit(film.tmdb_id, { overview: `${film.overview} ${this.word}` });
    }
    const response = await server.request('POST', '/admin/trigger-update', refresh ? { refresh } : { target: FILMS });
    const path = response.headers.get('location');
    if (!response.ok || path === null) throw new Error(`the trigger answered ${response.status}`);
    this.seen = new Set();
    this.update = await server.json<UpdateView>('GET', path);
  }

  /** Watches the update until the deadline or its end. */
  private async follow(server: ServerProcess, deadline: number): Promise<void> {
    const latest = performance.now() + END_MS;
    while (this.update !== undefined && performance.now() < deadline) {
      const update = await server.json<UpdateView>('GET', `/admin/updates/${this.update.id}`);
      for (const id of await this.stored(server)) this.seen.add(id);
      this.update = update;
      if (update.state === 'succeeded') await this.finish(server, update);
      else if (update.state === 'failed') throw new Error(`the update failed: ${JSON.stringify(update)}`);
      if (performance.now() > latest) throw new Error(`the update does not end: ${JSON.stringify(update)}`);
      await sleep(Math.max(Math.min(50, deadline - performance.now()), 0));
    }
  }

  private async finish(server: ServerProcess, update: UpdateView): Promise<void> {
    const stored = await this.stored(server);
    if (stored.size !== FILMS || update.progress.failed > 0) {
      throw new Error(`the update ended with ${stored.size} of ${FILMS} films: ${JSON.stringify(update)}`);
    }
    await this.checkCatalogue(server);
    this.report.updates += 1;
    this.update = undefined;
  }

  /** Ids of the films that the catalogue has from the newest update. */
  private async stored(server: ServerProcess): Promise<Set<number>> {
    const { movies } = await this.movies(server);
    return new Set(movies.filter(({ overview }) => overview.includes(this.word)).map(({ tmdb_id }) => tmdb_id));
  }

  private async movies(server: ServerProcess): Promise<MovieList> {
    const response = await server.request('GET', '/movies?k=100');
    if (response.status === 503) return { movies: [], total: 0 }; // no film is stored yet
    if (!response.ok) throw new Error(`GET /movies answered ${response.status}`);
    return (await response.json()) as MovieList;
  }

  /** Nothing that was seen or counted is missing, and both indexes have what the catalogue has. */
  private async checkCatalogue(server: ServerProcess): Promise<void> {
    const { total } = await this.movies(server);
    const before = await this.stored(server);
    for (const id of this.seen) if (!before.has(id)) throw new Error(`film ${id} was stored and is not there`);
    const counted = this.update ? this.update.progress.new + this.update.progress.updated : 0;
    if (before.size < counted) throw new Error(`${counted} films were reported as stored, ${before.size} are there`);
    if (total === 0) return; // killed before the first batch; there is nothing to search
    await server.json('GET', '/health/ready');
    // The update goes on meanwhile, so what the indexes have lies between two looks at the catalogue.
    const byWord = before.size > 0 ? await this.found(server, this.word, 'lexical') : new Set<number>();
    const byMeaning = await this.found(server, 'somebody finds something', 'semantic');
    const after = await this.stored(server);
    for (const id of before) if (!byWord.has(id)) throw new Error(`film ${id} is not found by its word`);
    for (const id of byWord) if (!after.has(id)) throw new Error(`film ${id} is found by a word that it has not`);
    if (byMeaning.size < total) throw new Error(`${byMeaning.size} of ${total} films are found by meaning`);
  }

  private async found(server: ServerProcess, query: string, mode: string): Promise<Set<number>> {
    const hits = await server.json<Hits[]>('POST', '/search', { query, mode, k: 100 });
    return new Set(hits.map(({ movie_id }) => movie_id));
  }
}
