import { z } from 'zod';
import { type Literal, parseLiteral } from './python-literal';

/** How many actors are taken of the long lists of the data sets, in billing order. */
const CAST_SIZE = 10;

type Fields = Record<string, unknown>;

/** What the companions of a file of films (credits, keywords) say of one film. */
export type Companion = Partial<Record<'directors' | 'cast' | 'keywords', Literal[]>>;

/** Fields of a row, and what is wrong with the columns that could not be read. */
export interface Read<T> {
  fields: T;
  faults: string[];
}

/** Tools that take ids for floating-point numbers write `862.0`. */
const idSchema = z
  .string()
  .trim()
  .regex(/^\d+(\.0+)?$/)
  .transform(Number);

/** TMDB's id in a row of any of the files. Throws with a reason. */
export function idOf(fields: Fields): number {
  const parsed = idSchema.safeParse(fields.movie_id ?? fields.id);
  if (!parsed.success) throw new Error(`id: ${JSON.stringify(fields.movie_id ?? fields.id)} is not a whole number`);
  return parsed.data;
}

/**
 * A row of `tmdb_5000_movies.csv` or of `movies_metadata.csv` in the fields of the import format, without what its
 * companions know. Throws with a reason where it has no id.
 */
export function filmFields(fields: Fields): Read<Fields> {
  const { column, faults } = columnsOf(fields);
  const film = {
    tmdb_id: idOf(fields),
    imdb_id: fields.imdb_id,
    title: fields.title || fields.original_title,
    original_title: fields.original_title,
    release_date: fields.release_date,
    overview: fields.overview,
    tagline: fields.tagline,
    genres: named(entries(column('genres'))),
    keywords: named(entries(column('keywords'))),
    countries: named(entries(column('production_countries')), 'iso_3166_1'),
    collection: nameOf(column('belongs_to_collection')),
    runtime: numberOf(fields, 'runtime'),
    vote_average: numberOf(fields, 'vote_average'),
    vote_count: numberOf(fields, 'vote_count'),
    popularity: numberOf(fields, 'popularity'),
    original_language: fields.original_language,
    poster_path: fields.poster_path,
  };
  return { fields: film, faults };
}

/** What a row of `tmdb_5000_credits.csv`, `credits.csv` or `keywords.csv` says of its film. */
export function companionOf(fields: Fields): Read<Companion> {
  const { column, faults } = columnsOf(fields);
  const companion: Companion = {};
  if ('crew' in fields) {
    const cast = entries(column('cast')).sort((a, b) => Number(a.order) - Number(b.order));
    companion.directors = named(entries(column('crew')).filter((member) => member.job === 'Director'));
    companion.cast = named(cast).slice(0, CAST_SIZE);
  }
  if ('keywords' in fields) companion.keywords = named(entries(column('keywords')));
  // Names are slices of columns of many kilobytes, which they would keep in memory: copy them.
  return { fields: JSON.parse(JSON.stringify(companion)) as Companion, faults };
}

function nameOf(value: Literal | undefined): Literal | undefined {
  return isEntry(value) ? value.name : undefined;
}

function numberOf(fields: Fields, column: string): unknown {
  const value = fields[column];
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const number = Number(value);
  return Number.isNaN(number) ? value : number; // what is no number is for the schema to refuse
}

type Entry = { [key: string]: Literal };

/** The names in a list, each once; what is none is for the schema to refuse. */
function named(list: Entry[], key = 'name'): Literal[] {
  return [...new Set(list.map((entry) => entry[key] ?? null))];
}

function entries(value: Literal | undefined): Entry[] {
  return Array.isArray(value) ? value.filter(isEntry) : [];
}

function isEntry(value: Literal | undefined): value is Entry {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads the literals of a row, and keeps what is wrong with those that are none. */
function columnsOf(fields: Fields): { column(name: string): Literal | undefined; faults: string[] } {
  const faults: string[] = [];
  const column = (name: string) => {
    const value = fields[name];
    if (typeof value !== 'string' || value.trim() === '') return undefined;
    try {
      return parseLiteral(value);
    } catch (error) {
      faults.push(`${name}: ${(error as Error).message}`);
      return undefined;
    }
  };
  return { column, faults };
}
