import { setTimeout as sleep } from 'node:timers/promises';
import type { Update } from '../../src/updates/job/update';
import { generateFilms } from '../tmdb-stub/generate-films';
import { TmdbStub } from '../tmdb-stub/server';
import { cinematch, ServerProcess, serverVariables } from './server-process';

/** Two batches of films; at most 100, what one answer lists. */
const FILMS = 64;
/** Films that a reset leaves, so that the next update has two batches to add. */
const RESET_FILMS = 24;
const KINDS = ['add', 'refresh', 'reset'] as const;
type Kind = (typeof KINDS)[number];

/** How long an update is taken to last before one of its kind ran to its end. */
const FIRST_GUESS_MS = 3_000;
/** The same of the swap at the end of a reset. */
const FIRST_SWAP_GUESS_MS = 500;
/** The swap is short, so of the kills of resets this part waits for it. */
const SWAPS_AIMED_AT = 0.5;
/** Of the restarts, this part is killed too, within the time that one takes. */
const STARTS_KILLED = 0.125;
/** An update that was killed so often may end in peace: there are others. */
const MOST_KILLS = 6;
const LOOK_EVERY_MS = 50;
const END_MS = 120_000;

interface MovieList {
  movies: { tmdb_id: number; overview: string }[];
}

/** The films of a catalogue, each with the word that tells which update brought it. */
type Words = ReadonlyMap<number, string>;

/** One update under way, and what is known of it. */
interface Watched {
  kind: Kind;
  view: Update;
  /** The catalogue before it, and what it makes of it. */
  before: Words;
  after: Words;
  /** Films that were seen as it makes them. */
  seen: Set<number>;
  /** For how long it has been watched in the present server. */
  lasted: number;
  /** When it was first seen to swap the catalogue, in the present server. */
  swapping: number | undefined;
}

/** When a server is killed: so many milliseconds after the watch begins, or after the swap is seen to begin. */
interface Moment {
  inSwap: boolean;
  after: number;
}

export interface KillReport {
  kills: number;
  /** Starts after a kill that were killed as well. */
  killedStarts: number;
  /** Kills by the update that they met and what it was doing, as last seen. */
  moments: Record<string, number>;
  /** Updates that went on after a kill. */
  resumed: number;
  /** Updates that came to their end. */
  updates: number;
}

/**
 * Kills a server at random moments of updates that add films, refresh them, and build the catalogue anew, `kills` times and until
 * it met each kind; starts it again and checks what it has. Each update gives the films that it brings another word in their overviews. Rejects where
 * anything that was reported is missing, is not found, or is found and not there.
 */
export async function killRounds(dataDir: string, kills: number): Promise<KillReport> {
  const stub = await TmdbStub.start({ films: generateFilms(FILMS) });
  const rounds = new KillRounds(stub, dataDir, {
    STARTER_FILMS: 'false',
    TMDB_API_KEY: 'kill-test',
    TMDB_BASE_URL: stub.baseUrl,
    TMDB_REQUESTS_PER_SECOND: '36',
    TMDB_CONCURRENCY: '4',
  });
  try {
    return await rounds.run(kills);
  } finally {
    await rounds.close();
    await stub.close();
  }
}

class KillRounds {
  private server!: ServerProcess;
  private readonly report: KillReport = { kills: 0, killedStarts: 0, moments: {}, resumed: 0, updates: 0 };
  private catalogue: Words = new Map();
  private update: Watched | undefined;
  private startLength = 0;
  private readonly lengths = new Map<Kind | 'swap', number>();
  private readonly story: string[] = [];

  constructor(
    private readonly stub: TmdbStub,
    private readonly dataDir: string,
    private readonly variables: Record<string, string>,
  ) {}

  async run(kills: number): Promise<KillReport> {
    try {
      await this.start();
      while (this.report.kills < kills || !this.metEverything()) await this.round();
      if (this.update !== undefined) await this.watch(this.update);
      return this.report;
    } catch (error) {
      const message = `${(error as Error).message}\nBefore that:\n${this.story.slice(-10).join('\n')}`;
      throw new Error(message, { cause: error });
    }
  }

  /** Whether updates of every kind were killed, and one went on: how many kills that takes is a matter of chance. */
  private metEverything(): boolean {
    const met = new Set(Object.keys(this.report.moments).map((moment) => moment.split(':', 1)[0]));
    return this.report.resumed > 0 && KINDS.every((kind) => met.has(kind));
  }

  async close(): Promise<void> {
    await this.server?.end('SIGKILL').catch(() => {});
  }

  /** Watches an update for a random part of the time that it takes; kills the server if it has not ended then. */
  private async round(): Promise<void> {
    this.update ??= await this.begin();
    const { update } = this;
    if ((await this.watch(update, this.randomMoment(update))) === 'ended') return;
    this.report.kills += 1;
    const { state, progress } = update.view;
    const moment = `${update.kind}: ${state === 'running' ? progress.phase : state}`;
    this.report.moments[moment] = (this.report.moments[moment] ?? 0) + 1;
    this.story.push(`kill ${this.report.kills}, ${update.seen.size} films seen, ${JSON.stringify(update.view)}`);
    if (Math.random() < STARTS_KILLED) await this.killStart();
    await this.start();
    await this.goesOn(update);
    await this.checkCatalogue(update);
  }

  private async start(): Promise<void> {
    const from = performance.now();
    this.server = await ServerProcess.start(this.dataDir, this.variables);
    this.startLength = performance.now() - from;
  }

  private async killStart(): Promise<void> {
    const { dataDir, variables } = this;
    const time = Math.random() * this.startLength;
    await cinematch(['serve'], serverVariables(dataDir, variables), (child) => {
      setTimeout(() => child.kill('SIGKILL'), time);
    });
    this.report.killedStarts += 1;
  }

  private randomMoment({ kind, view }: Watched): Moment | undefined {
    if (view.restarts >= MOST_KILLS) return undefined;
    if (kind === 'reset' && Math.random() < SWAPS_AIMED_AT)
      return { inSwap: true, after: Math.random() * (this.lengths.get('swap') ?? FIRST_SWAP_GUESS_MS) };
    return { inSwap: false, after: Math.random() * (this.lengths.get(kind) ?? FIRST_GUESS_MS) };
  }

  private async begin(): Promise<Watched> {
    const kind = KINDS[this.report.updates % KINDS.length] as Kind;
    const word = `zyqword${this.report.updates}`;
    const films = generateFilms(FILMS);
    for (const film of films) this.stub.catalogue.edit(film.tmdb_id, { overview: `${film.overview} ${word}` });
    const all = films.map(({ tmdb_id }) => tmdb_id);
    const before = this.catalogue;
    const options = { add: { target: FILMS }, refresh: { refresh: true }, reset: { reset: true, target: RESET_FILMS } };
    const brought = {
      add: all.filter((id) => !before.has(id)),
      refresh: [...before.keys()],
      reset: all.slice(0, RESET_FILMS),
    };
    const after = new Map([...(kind === 'reset' ? [] : before), ...brought[kind].map((id) => [id, word] as const)]);
    const response = await this.server.request('POST', '/admin/trigger-update', options[kind]);
    const path = response.headers.get('location');
    if (!response.ok || path === null) throw new Error(`the trigger answered ${response.status}`);
    const view = await this.server.json<Update>('GET', path);
    return { kind, view, before, after, seen: new Set(), lasted: 0, swapping: undefined };
  }

  /** Looks at the update and the catalogue again and again, until the update has ended or, at `moment`, the server is killed. */
  private async watch(update: Watched, moment?: Moment): Promise<'ended' | 'killed'> {
    const from = performance.now();
    let killed: Promise<unknown> | undefined;
    let timer: NodeJS.Timeout | undefined;
    const setTimer = () => {
      if (moment === undefined || timer !== undefined || (moment.inSwap && update.swapping === undefined)) return;
      timer = setTimeout(() => {
        killed = this.server.end('SIGKILL');
      }, moment.after);
    };
    update.swapping = undefined;
    try {
      for (setTimer(); killed === undefined; setTimer()) {
        await this.look(update);
        if (update.view.state === 'succeeded') break;
        if (performance.now() - from > END_MS) throw new Error(`it does not end: ${JSON.stringify(update.view)}`);
        await sleep(LOOK_EVERY_MS);
      }
    } catch (error) {
      if (killed === undefined) throw error; // a request was under way when the server was killed
    } finally {
      clearTimeout(timer);
      update.lasted = performance.now() - from;
    }
    await killed;
    if (killed !== undefined) return 'killed';
    await this.finish(update);
    return 'ended';
  }

  private async look(update: Watched): Promise<void> {
    update.view = await this.server.json<Update>('GET', `/admin/updates/${update.view.id}`);
    if (update.view.state === 'failed') throw new Error(`the update failed: ${JSON.stringify(update.view)}`);
    if (update.view.progress.phase === 'replace') update.swapping ??= performance.now();
    judge(update, await this.contents());
  }

  private async finish(update: Watched): Promise<void> {
    const missing = [...changed(update)].filter((id) => !update.seen.has(id));
    if (missing.length > 0 || update.view.progress.failed > 0) {
      throw new Error(`the update ended without the films ${missing}: ${JSON.stringify(update.view)}`);
    }
    await this.checkCatalogue(update);
    const known = update.view.restarts > 0 ? (this.lengths.get(update.kind) ?? FIRST_GUESS_MS) : 0;
    this.lengths.set(update.kind, Math.max(known, update.lasted));
    if (update.swapping !== undefined) this.lengths.set('swap', performance.now() - update.swapping);
    this.report.updates += 1;
    this.catalogue = update.after;
    this.update = undefined;
  }

  /** The server took the update up again, unless it had ended just before the kill. */
  private async goesOn(update: Watched): Promise<void> {
    const { restarts } = update.view;
    const now = await this.server.json<Update>('GET', `/admin/updates/${update.view.id}`);
    if (now.restarts > restarts) this.report.resumed += 1;
    else if (now.state !== 'succeeded') throw new Error(`the update did not go on: ${JSON.stringify(now)}`);
  }

  /** The catalogue is as it may be, and what the indexes find is what it has: all of it, and nothing else. */
  private async checkCatalogue(update: Watched): Promise<void> {
    const before = await this.contents();
    judge(update, before);
    if (before.size === 0) return; // killed before the first batch; there is nothing to search
    await this.server.json('GET', '/health/ready');
    const words = new Set([...before.values(), ...update.before.values(), ...update.after.values()]);
    const found = new Map<string, Set<number>>();
    for (const word of words) found.set(word, await this.found(word, 'lexical'));
    const byMeaning = await this.found('somebody finds something', 'semantic');
    // The update goes on meanwhile, so what the indexes had lies between two looks at the catalogue.
    const after = await this.contents();
    judge(update, after);
    for (const [id, word] of before) {
      if (after.get(id) !== word) continue;
      if (!found.get(word)?.has(id)) throw new Error(`film ${id} is not found by its word ${word}`);
      if (!byMeaning.has(id)) throw new Error(`film ${id} is not found by its meaning`);
    }
    for (const [word, ids] of found) {
      for (const id of ids)
        if (before.get(id) !== word && after.get(id) !== word)
          throw new Error(`film ${id} is found by ${word}, which it has not`);
    }
  }

  private async found(query: string, mode: string): Promise<Set<number>> {
    const hits = await this.server.json<{ movie_id: number }[]>('POST', '/search', { query, mode, k: 100 });
    return new Set(hits.map(({ movie_id }) => movie_id));
  }

  private async contents(): Promise<Words> {
    const response = await this.server.request('GET', '/movies?k=100');
    if (response.status === 503) return new Map(); // no film is stored yet
    if (!response.ok) throw new Error(`GET /movies answered ${response.status}`);
    const { movies } = (await response.json()) as MovieList;
    return new Map(movies.map(({ tmdb_id, overview }) => [tmdb_id, overview.slice(overview.lastIndexOf(' ') + 1)]));
  }
}

/** Films that the update adds, changes or removes. */
function changed({ before, after }: Watched): Set<number> {
  return new Set([...before.keys(), ...after.keys()].filter((id) => before.get(id) !== after.get(id)));
}

/** Every film is as before the update or as it makes it, never goes back, and none that was counted is missing; a reset changes all at once. */
function judge(update: Watched, contents: Words): void {
  const { kind, view, before, after, seen } = update;
  const arrived = new Set<number>();
  const toChange = changed(update);
  for (const id of new Set([...before.keys(), ...after.keys(), ...contents.keys()])) {
    const word = contents.get(id);
    if (word !== before.get(id) && word !== after.get(id)) throw new Error(`film ${id} has the word ${word}`);
    if (toChange.has(id) && word === after.get(id)) arrived.add(id);
  }
  for (const id of seen) if (!arrived.has(id)) throw new Error(`film ${id} was stored and is not there`);
  const counted = view.progress.new + view.progress.updated;
  if (arrived.size < counted) throw new Error(`${counted} films were reported as stored, ${arrived.size} are there`);
  if (kind === 'reset' && arrived.size > 0 && arrived.size < toChange.size) {
    throw new Error(`a reset shows ${arrived.size} of ${toChange.size} films before the whole catalogue`);
  }
  for (const id of arrived) seen.add(id);
}
