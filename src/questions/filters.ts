import { z } from 'zod';
import { text } from '../http/fields';
import type { NUMBER_FILTERS, TERM_FILTERS } from '../store/contract.generated';
import type { Movie } from '../store/movie-store';

export type NumberName = (typeof NUMBER_FILTERS)[number];
export type TermName = (typeof TERM_FILTERS)[number];

/** A filter by a number of the film. */
export interface NumberFilter {
  /** What a bound may be. */
  bound: z.ZodNumber;
  /** What the number is, in the schema of a body, and within a sentence. */
  title: string;
  label: string;
  /** Bounds that serve as an example. */
  example: readonly [min: number, max: number];
  of(movie: Movie): number | undefined;
  /** Options of the command line. */
  options: { min: string; max: string };
}

/** A filter by names that films have. */
export interface TermFilter {
  title: string;
  /** A value that serves as an example. */
  example: string;
  of(movie: Movie): readonly string[];
  /** Option of the command line that takes names; with `without-` before it, names that no hit has. */
  option: string;
}

const year = z.int().min(1800).max(3000);
const rating = z.number().min(0).max(10);
const count = z.int().min(0);
const votes = count.max(2 ** 31 - 1);
const runtime = count.max(100_000);

/**
 * The filters by numbers, one line each. Body, query parameters and options of the command line are made of it; the compiler
 * compares it with what the engine knows.
 */
export const NUMBERS: Readonly<Record<NumberName, NumberFilter>> = {
  year: number('year', year, 'Year of release', 'year of release', [1990, 1999], (movie) => movie.year, {
    min: 'year-from',
    max: 'year-to',
  }),
  rating: number('rating', rating, 'Mean vote, 0 to 10', 'mean vote', [7, 10], (movie) => movie.vote_average),
  votes: number('votes', votes, 'Number of votes', 'number of votes', [500, 100_000], (movie) => movie.vote_count),
  runtime: number('runtime', runtime, 'Minutes', 'runtime in minutes', [80, 120], (movie) => movie.runtime),
};

/** The filters by names, one line each, as above. */
export const TERMS: Readonly<Record<TermName, TermFilter>> = {
  genres: terms('Genres, also by names such as sci-fi, romcom, animated', 'Drama', 'genre', (movie) => movie.genres),
  languages: terms('Original languages: ISO 639-1 codes or English names', 'en', 'language', languagesOf),
  countries: terms(
    'Production countries: ISO 3166-1 alpha-2 codes or English names',
    'US',
    'country',
    (movie) => movie.countries ?? [],
  ),
  directors: terms('Directors', 'James Cameron', 'director', (movie) => movie.directors),
  cast: terms('Actors', 'Kate Winslet', 'cast', (movie) => movie.cast),
  keywords: terms('Keywords', 'shipwreck', 'keyword', (movie) => movie.keywords),
};

export const NUMBER_NAMES = Object.keys(NUMBERS) as NumberName[];
export const TERM_NAMES = Object.keys(TERMS) as TermName[];

/** Names of a term filter, in any condition. */
export const termList = z.array(text(200)).min(1).max(100);

function number(
  name: string,
  bound: z.ZodNumber,
  title: string,
  label: string,
  example: NumberFilter['example'],
  of: NumberFilter['of'],
  options = { min: `min-${name}`, max: `max-${name}` },
): NumberFilter {
  return { bound, title, label, example, of, options };
}

function terms(title: string, example: string, option: string, of: TermFilter['of']): TermFilter {
  return { title, example, option, of };
}

function languagesOf({ original_language }: Movie): string[] {
  return original_language === undefined ? [] : [original_language];
}
