import { z } from 'zod';

/*
 * TMDB's answers as far as they are used. Unknown keys are dropped; what is used has to have its type. TMDB sends null, an
 * empty string or nothing for "not known", and older answers carry some numbers as strings.
 */

const number = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d+(\.\d+)?$/)
    .transform(Number),
]);
const id = z.int().positive();
const text = z.string().nullish();
const count = z.int().nonnegative();
const countOrText = number.pipe(count).nullish();

/** Body of every refused request. */
export const errorSchema = z.object({ status_code: z.int(), status_message: z.string() });

/** One page of `/discover/movie` or `/search/movie`; only what decides which films to fetch. */
export const discoverPageSchema = z.object({
  page: count,
  total_pages: count,
  total_results: count,
  results: z.array(z.object({ id, title: text, release_date: text, popularity: number.nullish() })),
});
export type DiscoverPage = z.infer<typeof discoverPageSchema>;

/** One page of `/movie/changes`. */
export const changesPageSchema = z.object({
  page: count,
  total_pages: count,
  results: z.array(z.object({ id })),
});

/** `/genre/movie/list`. */
export const genreListSchema = z.object({ genres: z.array(z.object({ id, name: z.string() })) });

/** Things with names, of which TMDB has some without. */
const names = z.array(z.object({ name: text })).nullish();

/** `/movie/{id}`. */
export const movieSchema = z.object({
  id,
  imdb_id: text,
  title: text,
  original_title: text,
  original_language: text,
  overview: text,
  tagline: text,
  release_date: text,
  runtime: countOrText,
  vote_average: number.nullish(),
  vote_count: countOrText,
  popularity: number.nullish(),
  poster_path: text,
  backdrop_path: text,
  genres: names,
  belongs_to_collection: z.object({ name: text }).nullish(),
  production_countries: z.array(z.object({ iso_3166_1: text })).nullish(),
});
export type MovieBasics = z.infer<typeof movieSchema>;

/** What is appended to a film: an answer without it is refused, for it would empty a film that is stored whole. */
export const APPENDED = ['credits', 'keywords', 'alternative_titles'] as const;

/** `/movie/{id}` with all of `APPENDED`. */
export const movieDetailsSchema = movieSchema.extend({
  credits: z.object({
    cast: z.array(z.object({ name: text, order: number.nullish() })).nullish(),
    crew: z.array(z.object({ name: text, job: text })).nullish(),
  }),
  keywords: z.object({ keywords: names }),
  alternative_titles: z.object({ titles: z.array(z.object({ title: text })).nullish() }),
});
export type MovieDetails = z.infer<typeof movieDetailsSchema>;
