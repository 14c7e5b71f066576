import type { Movie } from '../store/movie-store';
import type { MovieBasics, MovieDetails } from './wire';

/** How many actors of a film are kept, in billing order. */
const CAST_SIZE = 10;

/** The film of TMDB's answer, or nothing where it has no title; `fetchedAt` is RFC 3339. What TMDB leaves empty is left out. */
export function toMovie(details: MovieDetails, fetchedAt: string): Movie | undefined {
  const originalTitle = known(details.original_title);
  const title = known(details.title) ?? originalTitle;
  if (title === undefined) return undefined;
  const releaseDate = date(details.release_date);
  const votes = positive(details.vote_count);
  const alternatives = distinct((details.alternative_titles.titles ?? []).map((entry) => entry.title));
  return compact({
    tmdb_id: details.id,
    imdb_id: known(details.imdb_id),
    title,
    original_title: originalTitle,
    alternative_titles: alternatives.filter((other) => other !== title && other !== originalTitle),
    release_date: releaseDate,
    year: releaseDate === undefined ? undefined : Number(releaseDate.slice(0, 4)),
    overview: known(details.overview) ?? '',
    tagline: known(details.tagline),
    genres: distinct((details.genres ?? []).map((genre) => genre.name)),
    directors: directors(details),
    cast: cast(details),
    keywords: distinct((details.keywords.keywords ?? []).map((keyword) => keyword.name)),
    runtime: positive(details.runtime),
    vote_average: votes === undefined ? undefined : (details.vote_average ?? undefined),
    vote_count: details.vote_count ?? undefined,
    popularity: details.popularity ?? undefined,
    original_language: known(details.original_language),
    countries: distinct((details.production_countries ?? []).map((country) => country.iso_3166_1)),
    collection: known(details.belongs_to_collection?.name),
    poster_path: known(details.poster_path),
    backdrop_path: known(details.backdrop_path),
    fetched_at: fetchedAt,
  });
}

/** The film with the texts it lacks taken from its English answer. */
export function withEnglishTexts(movie: Movie, english: MovieBasics): Movie {
  const tagline = movie.tagline ?? known(english.tagline);
  return { ...movie, overview: known(english.overview) ?? '', ...(tagline === undefined ? {} : { tagline }) };
}

function directors(details: MovieDetails): string[] {
  return distinct(
    (details.credits.crew ?? []).filter((member) => member.job === 'Director').map((member) => member.name),
  );
}

function cast(details: MovieDetails): string[] {
  const billed = [...(details.credits.cast ?? [])].sort((a, b) => (a.order ?? Infinity) - (b.order ?? Infinity) || 0);
  return distinct(billed.map((member) => member.name)).slice(0, CAST_SIZE);
}

function known(text: string | null | undefined): string | undefined {
  return text?.trim() || undefined;
}

function positive(value: number | null | undefined): number | undefined {
  return value != null && value > 0 ? value : undefined;
}

function date(text: string | null | undefined): string | undefined {
  const found = known(text);
  return found !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(found) ? found : undefined;
}

function distinct(names: string[]): string[] {
  return [...new Set(names.map((name) => name.trim()).filter((name) => name !== ''))];
}

type Loose<T> = { [K in keyof T]: T[K] | undefined };

/** Without the fields that are not known. */
function compact(movie: Loose<Movie> & Pick<Movie, 'tmdb_id'>): Movie {
  return Object.fromEntries(Object.entries(movie).filter(([, value]) => value !== undefined)) as unknown as Movie;
}
