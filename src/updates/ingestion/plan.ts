import type { MovieStore } from '../../store/movie-store';
import { changedIds } from '../../tmdb/changes';
import type { TmdbClient } from '../../tmdb/client';
import { type Day, dayOf, days } from '../../tmdb/dates';
import { type Criteria, discover } from '../../tmdb/discovery';
import type { ResolvedOptions } from './options';
import type { Staging } from './staging';
import { UpdateProblem } from './update-problem';

/** TMDB's terms allow to keep its data for six months. */
const MAX_AGE_MS = days(180);

/** What an update is going to do. */
export interface Plan {
  /** Films at TMDB that meet the criteria, or stored ones that a refresh looks at. */
  matching: number;
  /** All films concerned. */
  wanted: number[];
  /** Those that have to be fetched. */
  fetch: number[];
  warnings: string[];
}

/** What plans are made of. */
export interface PlanContext {
  client: TmdbClient;
  store: MovieStore;
  signal: AbortSignal;
  /** Milliseconds; what was fetched since then was fetched by this very update. */
  startedAt: number;
  onFound(found: number): void;
}

/** Every wanted film that is not stored, or was fetched too long ago. */
export async function planIngestion(context: PlanContext, options: ResolvedOptions): Promise<Plan> {
  const found = await find(context, options);
  const stored = await fetchTimes(context.store);
  const isFresh = (id: number) => (stored.get(id) ?? 0) >= context.startedAt - MAX_AGE_MS;
  return { ...found, fetch: found.wanted.filter((id) => !isFresh(id)) };
}

/** Every wanted film that is not staged yet. */
export async function planReset(context: PlanContext, options: ResolvedOptions, staging: Staging): Promise<Plan> {
  const found = await find(context, options);
  return { ...found, fetch: found.wanted.filter((id) => !staging.has(id)) };
}

/**
 * Stored films that TMDB changed since `since`, and those fetched too long ago. Films that were never fetched from TMDB (they
 * were imported) only count among the former.
 */
export async function planRefresh(context: PlanContext, since: Day | undefined): Promise<Plan> {
  const { client, store, signal, startedAt, onFound } = context;
  const stored = await fetchTimes(store);
  const oldest = startedAt - MAX_AGE_MS;
  const times = [...stored.values()].filter((time) => time !== undefined);
  const firstFetch = times.reduce((least, time) => Math.min(least, time), startedAt);
  const from = Math.max(since === undefined ? 0 : Date.parse(since), firstFetch, oldest);
  const changed = stored.size > 0 ? await changedIds(client, dayOf(from), dayOf(startedAt), signal) : new Set();
  const wanted = [...stored].filter(([id, time]) => changed.has(id) || (time ?? startedAt) < oldest).map(([id]) => id);
  onFound(wanted.length);
  const fetch = wanted.filter((id) => (stored.get(id) ?? 0) < startedAt);
  return { matching: stored.size, wanted, fetch, warnings: [] };
}

/** When each stored film was fetched, in milliseconds, where it is known. */
export async function fetchTimes(store: MovieStore): Promise<Map<number, number | undefined>> {
  const rows = await store.fetchTimes();
  return new Map(rows.map(({ id, fetched_at }) => [id, fetched_at === undefined ? undefined : Date.parse(fetched_at)]));
}

async function find(context: PlanContext, options: ResolvedOptions): Promise<Omit<Plan, 'fetch'>> {
  const { client, signal, onFound } = context;
  const { ids, matching, warnings } = await discover(
    client,
    await criteriaOf(options, client, signal),
    signal,
    onFound,
  );
  const none = ids.length === 0 ? ['No film at TMDB meets the criteria.'] : [];
  return { matching, wanted: ids, warnings: [...warnings, ...none] };
}

async function criteriaOf(options: ResolvedOptions, client: TmdbClient, signal: AbortSignal): Promise<Criteria> {
  return {
    target: options.target,
    minRating: options.min_rating,
    minVotes: options.min_votes,
    ...(options.language !== undefined && { language: options.language }),
    ...(options.year_from !== undefined && { yearFrom: options.year_from }),
    ...(options.year_to !== undefined && { yearTo: options.year_to }),
    ...(options.genre !== undefined && { genre: await genreId(options.genre, client, signal) }),
  };
}

/** TMDB's number of a genre that is named in English or in the configured language, or given as that number. */
async function genreId(genre: string, client: TmdbClient, signal: AbortSignal): Promise<number> {
  const local = await client.genres(client.language, signal);
  const english = client.language.startsWith('en') ? [] : await client.genres('en-US', signal);
  const same = (a: string, b: string) => a.localeCompare(b, undefined, { sensitivity: 'base' }) === 0;
  const found = [...local, ...english].find(({ id, name }) => String(id) === genre || same(name, genre));
  if (found !== undefined) return found.id;
  const known = local.map(({ name }) => name).sort();
  throw new UpdateProblem('unknown_value', `TMDB has no genre "${genre}"; known: ${known.join(', ')}.`, known);
}
