import { isDay, yearOf } from '../clean/dates';
import { cleanLine, cleanProse, isReadable } from '../clean/text';
import { meanVote } from '../clean/votes';
import { compact } from '../compact';
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
  const votes = details.vote_count ?? undefined;
  const alternatives = distinct((details.alternative_titles.titles ?? []).map((entry) => entry.title));
  return compact({
    tmdb_id: details.id,
    imdb_id: known(details.imdb_id),
    title,
    original_title: originalTitle,
    alternative_titles: alternatives.filter((other) => other !== title && other !== originalTitle),
    release_date: releaseDate,
    year: yearOf(releaseDate),
    overview: knownProse(details.overview) ?? '',
    tagline: knownProse(details.tagline),
    genres: distinct((details.genres ?? []).map((genre) => genre.name)),
    directors: directors(details),
    cast: cast(details),
    keywords: distinct((details.keywords.keywords ?? []).map((keyword) => keyword.name)),
    runtime: positive(details.runtime),
    vote_average: meanVote(details.vote_average ?? undefined, votes),
    vote_count: votes,
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
  const tagline = movie.tagline ?? knownProse(english.tagline);
  return { ...movie, overview: knownProse(english.overview) ?? '', ...(tagline === undefined ? {} : { tagline }) };
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

function known(text: string | null | undefined, clean = cleanLine): string | undefined {
  const found = clean(text ?? '');
  return found !== '' && isReadable(found) ? found : undefined;
}

function knownProse(text: string | null | undefined): string | undefined {
  return known(text, cleanProse);
}

function positive(value: number | null | undefined): number | undefined {
  return value != null && value > 0 ? value : undefined;
}

function date(text: string | null | undefined): string | undefined {
  const found = known(text);
  return found !== undefined && isDay(found) ? found : undefined;
}

function distinct(names: (string | null | undefined)[]): string[] {
  return [...new Set(names.map((name) => known(name)).filter((name) => name !== undefined))];
}
