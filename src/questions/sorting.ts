import type { Movie, SortKey } from '../store/movie-store';

/** What films can be listed by: the value, and whether the smallest comes first unless asked otherwise. */
export interface Sort {
  of(movie: Movie): number | string | undefined;
  ascending?: true;
}

/** The sort keys, one line each; the compiler compares them with what the engine knows. */
export const SORTS: Readonly<Record<SortKey, Sort>> = {
  popularity: { of: (movie) => movie.popularity },
  rating: { of: (movie) => movie.vote_average },
  votes: { of: (movie) => movie.vote_count },
  year: { of: (movie) => movie.year },
  title: { of: (movie) => movie.title, ascending: true },
  id: { of: (movie) => movie.tmdb_id, ascending: true },
};
