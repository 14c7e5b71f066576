import type { TmdbClient } from './client';
import { addDays, type Day } from './dates';
import { inParallel } from './parallel';

/** TMDB takes at most 14 days a question. */
const WINDOW_DAYS = 14;

/** Ids of all films that TMDB changed from one day to another, both included. */
export async function changedIds(client: TmdbClient, from: Day, to: Day, signal?: AbortSignal): Promise<Set<number>> {
  const changed = new Set<number>();
  for (let start = from; start <= to; start = addDays(start, WINDOW_DAYS)) {
    const last = addDays(start, WINDOW_DAYS - 1);
    const end = last < to ? last : to;
    const first = await client.changes(start, end, 1, signal);
    const others = Array.from({ length: Math.max(first.total_pages - 1, 0) }, (_, index) => index + 2);
    const pages = await inParallel(others, client.concurrency, (page) => client.changes(start, end, page, signal));
    for (const page of [first, ...pages]) for (const { id } of page.results) changed.add(id);
  }
  return changed;
}
