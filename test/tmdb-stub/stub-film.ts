import { readFileSync } from 'node:fs';

/** A film as the stub keeps it: a line of the import format, with a few fields of its own. */
export interface StubFilm {
  tmdb_id: number;
  imdb_id?: string;
  title: string;
  original_title?: string;
  alternative_titles?: string[];
  release_date?: string;
  year?: number;
  overview: string;
  tagline?: string;
  genres: string[];
  /** Names joined by ", ", as the files have them. */
  director?: string;
  directors?: string[];
  cast: string[];
  keywords: string[];
  runtime?: number;
  vote_average?: number;
  vote_count?: number;
  popularity?: number;
  original_language?: string;
  countries?: string[];
  collection?: string;
  /** Texts by ISO 639-1; a language without an entry has no overview, as at TMDB. */
  translations?: Record<string, { title?: string; overview?: string; tagline?: string }>;
  /** When it was last edited, YYYY-MM-DD: what the changes feed tells. */
  changed_on?: string;
}

/** Films of a JSON-lines file. */
export function readFilms(file: string): StubFilm[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line.trim() !== '').map((line) => JSON.parse(line) as StubFilm);
}

export function directorsOf(film: StubFilm): string[] {
  return film.directors ?? (film.director ?? '').split(', ').filter((name) => name !== '');
}

/** Numbers of the 19 genres at TMDB (developer.themoviedb.org/reference/genre-movie-list). */
export const GENRES: Readonly<Record<string, number>> = {
  Action: 28,
  Adventure: 12,
  Animation: 16,
  Comedy: 35,
  Crime: 80,
  Documentary: 99,
  Drama: 18,
  Family: 10751,
  Fantasy: 14,
  History: 36,
  Horror: 27,
  Music: 10402,
  Mystery: 9648,
  Romance: 10749,
  'Science Fiction': 878,
  'TV Movie': 10770,
  Thriller: 53,
  War: 10752,
  Western: 37,
};
