import { z } from 'zod';
import { type Literal, parseLiteral } from './python-literal';

/** How many actors are taken of the long lists of the data sets, in billing order. */
const CAST_SIZE = 10;

type Fields = Record<string, unknown>;

/** What the companions of a file of films (credits, keywords) say of one film. */
export type Companion = Partial<Record<'directors' | 'cast' | 'keywords', string[]>>;

const idSchema = z.string().trim().regex(/^\d+$/, 'is not a whole number').transform(Number);

/** TMDB's id in a row of any of the files. Throws with a reason. */
export function idOf(fields: Fields): number {
  const parsed = idSchema.safeParse(fields.movie_id ?? fields.id);
  if (!parsed.success) throw new Error(`id: ${JSON.stringify(fields.movie_id ?? fields.id)} is not a whole number`);
  return parsed.data;
}

/**
 * A row of `tmdb_5000_movies.csv` or of `movies_metadata.csv` in the fields of the import format, without what its
 * companions know. Throws with a reason.
 */
export function filmFields(fields: Fields): Fields {
  return {
    tmdb_id: idOf(fields),
    imdb_id: fields.imdb_id,
    title: fields.title || fields.original_title,
    original_title: fields.original_title,
    release_date: fields.release_date,
    overview: fields.overview,
    tagline: fields.tagline,
    genres: names(fields, 'genres'),
    keywords: names(fields, 'keywords'),
    countries: names(fields, 'production_countries', 'iso_3166_1'),
    collection: collectionOf(fields),
    runtime: numberOf(fields, 'runtime'),
    vote_average: numberOf(fields, 'vote_average'),
    vote_count: numberOf(fields, 'vote_count'),
    popularity: numberOf(fields, 'popularity'),
    original_language: fields.original_language,
    poster_path: fields.poster_path,
  };
}

/** What a row of `tmdb_5000_credits.csv`, `credits.csv` or `keywords.csv` says of its film. Throws with a reason. */
export function companionOf(fields: Fields): Companion {
  const companion: Companion = {};
  if ('crew' in fields) {
    companion.directors = named(entries(fields, 'crew').filter((member) => member.job === 'Director'));
    companion.cast = named(entries(fields, 'cast').sort((a, b) => Number(a.order) - Number(b.order))).slice(
      0,
      CAST_SIZE,
    );
  }
  if ('keywords' in fields) companion.keywords = names(fields, 'keywords');
  // Names are slices of columns of many kilobytes, which they would keep in memory: copy them.
  return JSON.parse(JSON.stringify(companion)) as Companion;
}

function collectionOf(fields: Fields): Literal | undefined {
  const value = literal(fields, 'belongs_to_collection');
  return isEntry(value) ? value.name : undefined;
}

function numberOf(fields: Fields, column: string): unknown {
  const value = fields[column];
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const number = Number(value);
  return Number.isNaN(number) ? value : number; // what is no number is for the schema to refuse
}

function names(fields: Fields, column: string, key = 'name'): string[] {
  return named(entries(fields, column), key);
}

type Entry = { [key: string]: Literal };

function named(list: Entry[], key = 'name'): string[] {
  return [...new Set(list.map((entry) => entry[key]).filter((name) => typeof name === 'string'))];
}

function entries(fields: Fields, column: string): Entry[] {
  const value = literal(fields, column);
  return Array.isArray(value) ? value.filter(isEntry) : [];
}

function isEntry(value: Literal | undefined): value is Entry {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function literal(fields: Fields, column: string): Literal | undefined {
  const value = fields[column];
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  try {
    return parseLiteral(value);
  } catch (error) {
    throw new Error(`${column}: ${(error as Error).message}`);
  }
}
