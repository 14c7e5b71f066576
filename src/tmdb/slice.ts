import type { TmdbClient } from './client';
import { inParallel } from './parallel';
import type { Query } from './transport';
import type { DiscoverPage } from './wire';

/** How often a slice is read before its changes are taken as they are. */
const MAX_PASSES = 5;
const PAGE_SIZE = 20;

/** A list that TMDB can page through. */
export interface Slice {
  /** Filters and order. */
  query: Query;
  /** Its first page, read already. */
  first: DiscoverPage;
  /** How many pages of it to read. */
  pages: number;
}

/** What the list says of a film. */
export interface Sighting {
  popularity: number;
}

/** The films of a slice; `complete` is false where every pass saw the list change. */
export interface SliceContent {
  films: Map<number, Sighting>;
  complete: boolean;
}

/**
 * Reads a slice until one pass shows that nothing moved meanwhile. A film can be missed only where it moves from a page that
 * is still to be read to one that has been read. Then either another film moves the other way and is seen twice, or the list
 * got shorter, which its total shows. So a pass without a film seen twice, with one total and full pages has seen
 * everything; otherwise the pages are read again and the passes are united. Where the whole list is read, as many films as
 * its total are everything too. (Among the most popular, a film that falls out of the pages read while another rises past
 * the reader can still hide it for one pass; at that edge the order says little.)
 */
export async function readSlice(client: TmdbClient, slice: Slice, signal?: AbortSignal): Promise<SliceContent> {
  const films = new Map<number, Sighting>();
  for (let pass = 1; pass <= MAX_PASSES; pass += 1) {
    const pages = await readPages(client, slice, pass === 1 ? slice.first : undefined, signal);
    for (const film of pages.flatMap((page) => page.results)) films.set(film.id, { popularity: film.popularity ?? 0 });
    if (stoodStill(pages) || hasAll(films, pages)) return { films, complete: true };
  }
  return { films, complete: false };
}

function readPages(
  client: TmdbClient,
  slice: Slice,
  first: DiscoverPage | undefined,
  signal?: AbortSignal,
): Promise<DiscoverPage[]> {
  const numbers = Array.from({ length: Math.max(slice.pages, 1) }, (_, index) => index + 1);
  return inParallel(numbers, client.concurrency, async (page) =>
    page === 1 && first !== undefined ? first : client.discover({ ...slice.query, page }, signal),
  );
}

function stoodStill(pages: DiscoverPage[]): boolean {
  const results = pages.flatMap((page) => page.results);
  const total = pages[0]?.total_results ?? 0;
  return (
    new Set(results.map((film) => film.id)).size === results.length &&
    pages.every((page) => page.total_results === total) &&
    results.length === Math.min(total, pages.length * PAGE_SIZE)
  );
}

function hasAll(films: Map<number, Sighting>, pages: DiscoverPage[]): boolean {
  const totals = pages.map((page) => page.total_results);
  const all = Math.max(...totals);
  return all <= pages.length * PAGE_SIZE && films.size >= all;
}
