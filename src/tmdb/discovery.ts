import type { TmdbClient } from './client';
import { addDays, type Day, daysBetween } from './dates';
import { readSlice, type Sighting, type Slice } from './slice';
import type { Query } from './transport';

/** TMDB refuses pages above this. */
const MAX_PAGES = 500;
const PAGE_SIZE = 20;
/** A day before the first film that TMDB lists (1874). */
const FIRST_DAY: Day = '1870-01-01';
/** How far ahead films are announced. */
const YEARS_AHEAD = 20;

/** Which films are wanted. */
export interface Criteria {
  /** How many, the most popular first. */
  target: number;
  /** 0 to 10. */
  minRating: number;
  minVotes: number;
  /** Original language, ISO 639-1. */
  language?: string;
  yearFrom?: number;
  yearTo?: number;
  /** TMDB's number of a genre. */
  genre?: number;
}

/** The films that TMDB lists, and what could not be made sure of. */
export interface Discovery {
  /** The wanted films, most popular first. */
  ids: number[];
  /** How many films meet the criteria. */
  matching: number;
  /** Sentences about films that may have been missed. */
  warnings: string[];
}

interface Listing {
  client: TmdbClient;
  filters: Query;
  signal: AbortSignal | undefined;
  onFound: (found: number) => void;
  found: Map<number, Sighting>;
  warnings: string[];
}

/**
 * Lists the ids of the wanted films.
 *
 * Where TMDB can page to the last wanted film, pages are read by falling popularity. Where more are wanted, the whole list
 * is read in slices of release dates that TMDB can page through, in the order of their dates, which stand still; popularity
 * then decides which to keep. How a slice makes up for an order that moves while it is read: see `readSlice`.
 */
export async function discover(
  client: TmdbClient,
  criteria: Criteria,
  signal?: AbortSignal,
  onFound: (found: number) => void = () => {},
): Promise<Discovery> {
  const listing: Listing = { client, filters: filtersOf(criteria), signal, onFound, found: new Map(), warnings: [] };
  const byPopularity = { ...listing.filters, sort_by: 'popularity.desc' };
  const first = await client.discover({ ...byPopularity, page: 1 }, signal);
  const wantedPages = Math.ceil(Math.min(criteria.target, first.total_results) / PAGE_SIZE);
  if (wantedPages <= MAX_PAGES) {
    // One page more: a film that moves over the edge while it is read is still seen.
    await collect(listing, {
      query: byPopularity,
      first,
      pages: Math.min(wantedPages + 1, first.total_pages, MAX_PAGES),
    });
  } else {
    await collectByDate(listing, criteria);
  }
  return {
    ids: mostPopular(listing.found, criteria.target),
    matching: first.total_results,
    warnings: listing.warnings,
  };
}

function filtersOf(criteria: Criteria): Query {
  const { minRating, minVotes, language, yearFrom, yearTo, genre } = criteria;
  return {
    'vote_average.gte': minRating > 0 ? minRating : undefined,
    'vote_count.gte': minVotes > 0 ? minVotes : undefined,
    with_original_language: language,
    with_genres: genre,
    'primary_release_date.gte': yearFrom === undefined ? undefined : `${yearFrom}-01-01`,
    'primary_release_date.lte': yearTo === undefined ? undefined : `${yearTo}-12-31`,
  };
}

async function collect(listing: Listing, slice: Slice): Promise<void> {
  const { films, complete } = await readSlice(listing.client, slice, listing.signal);
  for (const [id, sighting] of films) listing.found.set(id, sighting);
  listing.onFound(listing.found.size);
  if (!complete) {
    const range = slice.query['primary_release_date.gte'];
    const where =
      range === undefined ? 'the list' : `the list from ${range} to ${slice.query['primary_release_date.lte']}`;
    listing.warnings.push(`TMDB kept changing ${where} while it was read; a film may be missing.`);
  }
}

async function collectByDate(listing: Listing, criteria: Criteria): Promise<void> {
  const thisYear = new Date().getUTCFullYear();
  const from = criteria.yearFrom === undefined ? FIRST_DAY : `${criteria.yearFrom}-01-01`;
  const to = `${criteria.yearTo ?? thisYear + YEARS_AHEAD}-12-31`;
  await collectRange(listing, from, to);
  if (criteria.yearFrom === undefined && criteria.yearTo === undefined) await collectUndated(listing);
}

/** Halves the range until TMDB can page through what is in it. */
async function collectRange(listing: Listing, from: Day, to: Day): Promise<void> {
  const query = {
    ...listing.filters,
    'primary_release_date.gte': from,
    'primary_release_date.lte': to,
    sort_by: 'primary_release_date.asc',
  };
  const first = await listing.client.discover({ ...query, page: 1 }, listing.signal);
  const span = daysBetween(from, to);
  if (first.total_pages <= MAX_PAGES || span === 0) {
    if (first.total_pages > MAX_PAGES) {
      listing.warnings.push(
        `TMDB lists ${first.total_results} films of ${from} and shows only ${MAX_PAGES * PAGE_SIZE} of a day.`,
      );
    }
    return collect(listing, { query, first, pages: Math.min(first.total_pages, MAX_PAGES) });
  }
  const middle = addDays(from, Math.floor(span / 2));
  await collectRange(listing, from, middle);
  await collectRange(listing, addDays(middle, 1), to);
}

/** Films without a release date are in no range; by date they stand together at one end of the whole list. */
async function collectUndated(listing: Listing): Promise<void> {
  for (const order of ['asc', 'desc']) {
    const query = { ...listing.filters, sort_by: `primary_release_date.${order}` };
    for (let page = 1; page <= MAX_PAGES; page += 1) {
      const answer = await listing.client.discover({ ...query, page }, listing.signal);
      const undated = answer.results.filter((film) => !film.release_date);
      for (const film of undated) listing.found.set(film.id, { popularity: film.popularity ?? 0 });
      if (undated.length < answer.results.length || answer.results.length === 0) break;
    }
  }
  listing.onFound(listing.found.size);
}

function mostPopular(found: Map<number, Sighting>, target: number): number[] {
  const films = [...found].sort(([idA, a], [idB, b]) => b.popularity - a.popularity || idA - idB);
  return films.slice(0, target).map(([id]) => id);
}
