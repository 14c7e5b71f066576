import { NUMBER_NAMES, NUMBERS, TERM_NAMES, TERMS } from '../../src/questions/filters';
import { SORTS } from '../../src/questions/sorting';
import type { Facet, Filters, Movie, NumberRange, SortKey, TermFilter } from '../../src/store/movie-store';
import { StoreError } from '../../src/store/store-error';
import { fold } from './text';

export function matches(movie: Movie, filters: Filters = {}): boolean {
  return (
    NUMBER_NAMES.every((name) => within(NUMBERS[name].of(movie), filters[name])) &&
    TERM_NAMES.every((name) => hasTerms(TERMS[name].of(movie), filters[name])) &&
    !filters.exclude?.includes(movie.tmdb_id)
  );
}

/** @throws StoreError `unknown_value` for a value that no film has. */
export function refuseUnknownValues(movies: readonly Movie[], filters: Filters = {}): void {
  for (const name of TERM_NAMES) {
    const known = [...new Set(movies.flatMap(TERMS[name].of))].sort();
    const folded = new Set(known.map(fold));
    const { any = [], all = [], none = [] } = filters[name] ?? {};
    const unknown = [...any, ...all, ...none].find((value) => !folded.has(fold(value)));
    if (unknown === undefined) continue;
    throw new StoreError('unknown_value', `no film has ${JSON.stringify(unknown)}`, `filters.${name}`, known);
  }
}

export function facetsOf(movies: readonly Movie[]): Facet[] {
  return TERM_NAMES.map((field) => {
    const counts = new Map<string, number>();
    for (const value of movies.flatMap(TERMS[field].of)) counts.set(value, (counts.get(value) ?? 0) + 1);
    const values = [...counts].map(([value, count]) => ({ value, count }));
    return { field, values: values.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)) };
  });
}

export function sortMovies(movies: readonly Movie[], sort: SortKey, descending: boolean): Movie[] {
  const key = (movie: Movie) => {
    const value = SORTS[sort].of(movie) ?? 0;
    return typeof value === 'string' ? fold(value) : value;
  };
  const sign = descending ? -1 : 1;
  return [...movies].sort((a, b) => {
    const [left, right] = [key(a), key(b)];
    return left === right ? a.tmdb_id - b.tmdb_id : (left < right ? -1 : 1) * sign;
  });
}

function within(value: number | undefined, { min, max }: NumberRange = {}): boolean {
  if (min === undefined && max === undefined) return true;
  return value !== undefined && value >= (min ?? -Infinity) && value <= (max ?? Infinity);
}

function hasTerms(values: readonly string[], { any, all, none }: TermFilter = {}): boolean {
  const folded = new Set(values.map(fold));
  const has = (value: string) => folded.has(fold(value));
  return (!any || any.some(has)) && (!all || all.every(has)) && !none?.some(has);
}
