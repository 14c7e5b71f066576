import type { Answer, MovieStore, SearchMode } from '../../src/store/movie-store';
import { inParallel } from '../../src/tmdb/parallel';
import type { NextLike, Question } from './cases';

/** Questions under way at once; the engine has a thread a core. */
const WIDTH = 16;
const SEARCH_DEPTH = 100;
const RECOMMEND_DEPTH = 50;

/** Place of the first film meant, from 1; infinite where it is not among those asked for. */
export type Rank = number;

/** Ranks of the films meant, in the order of the questions. */
export function searchRanks(
  store: Pick<MovieStore, 'search'>,
  questions: readonly Question[],
  mode?: SearchMode,
): Promise<Rank[]> {
  return inParallel(questions, WIDTH, async ({ query, targets }) =>
    rankOf(await store.search({ text: query, limit: SEARCH_DEPTH, mode }), targets),
  );
}

/**
 * Ranks of the films that people liked next. Films are named by their titles, as clients do: of films called the same,
 * the engine takes the best known.
 */
export function nextLikeRanks(store: MovieStore, people: readonly NextLike[]): Promise<Rank[]> {
  return inParallel(people, WIDTH, async ({ liked, next }) => {
    const films = await Promise.all(liked.map((id) => store.get(id)));
    const titles = films.map((film, i) => film?.title ?? (liked[i] as number));
    const resolutions = await store.resolve(titles);
    const ids = resolutions.flatMap(({ movie }) => (movie ? [movie.id] : []));
    return rankOf(await store.recommend({ liked: [...new Set(ids)], limit: RECOMMEND_DEPTH }), [next]);
  });
}

function rankOf({ hits }: Answer, targets: readonly number[]): Rank {
  const place = hits.findIndex(({ id }) => targets.includes(id));
  return place < 0 ? Number.POSITIVE_INFINITY : place + 1;
}

/** Share of questions answered among the first `depth`. */
export function hitRate(ranks: readonly Rank[], depth: number): number {
  return mean(ranks.map((rank) => (rank <= depth ? 1 : 0)));
}

/** Mean reciprocal rank; a film behind the tenth place counts nothing. */
export function reciprocalRank(ranks: readonly Rank[]): number {
  return mean(ranks.map((rank) => (rank <= 10 ? 1 / rank : 0)));
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
