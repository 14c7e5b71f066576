import { EngineError } from '../../src/engine/engine-error';
import type { Movie } from '../../src/engine/movie';
import type { FacetField, Filters, NumberRange, SortKey, TermFilter } from '../../src/engine/movie-store';
import { fold } from './text';

const TERMS = {
  genres: (movie: Movie) => movie.genres,
  languages: (movie: Movie) => (movie.original_language ? [movie.original_language] : []),
  countries: (movie: Movie) => movie.countries ?? [],
  directors: (movie: Movie) => movie.directors,
  cast: (movie: Movie) => movie.cast,
  keywords: (movie: Movie) => movie.keywords,
};
type TermName = keyof typeof TERMS;
const TERM_NAMES = Object.keys(TERMS) as TermName[];

const SORTS: Readonly<Record<SortKey, (movie: Movie) => number | string>> = {
  popularity: (movie) => movie.popularity ?? 0,
  rating: (movie) => movie.vote_average ?? 0,
  votes: (movie) => movie.vote_count ?? 0,
  year: (movie) => movie.year ?? 0,
  title: (movie) => fold(movie.title),
  id: (movie) => movie.tmdb_id,
};

export function matches(movie: Movie, filters: Filters = {}): boolean {
  return (
    within(movie.year, filters.year) &&
    within(movie.vote_average, filters.rating) &&
    within(movie.vote_count, filters.votes) &&
    within(movie.runtime, filters.runtime) &&
    TERM_NAMES.every((name) => hasTerms(TERMS[name](movie), filters[name])) &&
    !filters.exclude?.includes(movie.tmdb_id)
  );
}

/** @throws EngineError `unknown_value` for a value that no film has. */
export function refuseUnknownValues(movies: readonly Movie[], filters: Filters = {}): void {
  for (const name of TERM_NAMES) {
    const known = [...new Set(movies.flatMap(TERMS[name]))].sort();
    const folded = new Set(known.map(fold));
    const { any = [], all = [], none = [] } = filters[name] ?? {};
    const unknown = [...any, ...all, ...none].find((value) => !folded.has(fold(value)));
    if (unknown === undefined) continue;
    throw new EngineError('unknown_value', `no film has ${JSON.stringify(unknown)}`, `filters.${name}`, known);
  }
}

export function facetsOf(movies: readonly Movie[]): FacetField[] {
  return TERM_NAMES.map((field) => {
    const counts = new Map<string, number>();
    for (const value of movies.flatMap(TERMS[field])) counts.set(value, (counts.get(value) ?? 0) + 1);
    const values = [...counts].map(([value, count]) => ({ value, count }));
    return { field, values: values.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)) };
  });
}

export function sortMovies(movies: readonly Movie[], sort: SortKey, descending: boolean): Movie[] {
  const key = SORTS[sort];
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
