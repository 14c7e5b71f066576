import type { MovieReference, MovieStore, Resolution } from '../store/movie-store';
import { MAX_MOVIE_ID } from './references';

/**
 * What each reference means, in order. Digits alone are a title where a film has exactly that title ("300", "1917"),
 * else an id; a number is always an id.
 */
export async function resolveReferences(
  store: MovieStore,
  references: readonly MovieReference[],
): Promise<Resolution[]> {
  if (references.length === 0) return [];
  const asked = references.flatMap((reference) => (isId(reference) ? [reference, Number(reference)] : [reference]));
  const answers = (await store.resolve(asked)).values();
  const next = () => answers.next().value as Resolution;
  return references.map((reference) => (isId(reference) ? titleElseId(reference, next(), next()) : next()));
}

/** The films that are known, each once, in order. */
export function knownIds(resolutions: readonly Resolution[]): number[] {
  return [...new Set(resolutions.flatMap(({ movie }) => (movie ? [movie.id] : [])))];
}

export function unknownOf(resolutions: readonly Resolution[]): Resolution[] {
  return resolutions.filter(({ movie }) => !movie);
}

function isId(reference: MovieReference): reference is string {
  return typeof reference === 'string' && /^[1-9]\d{0,9}$/.test(reference) && Number(reference) <= MAX_MOVIE_ID;
}

function titleElseId(digits: string, title: Resolution, id: Resolution): Resolution {
  const isItsTitle = title.movie?.title.replace(/[^\p{L}\p{N}]/gu, '') === digits;
  return isItsTitle || !id.movie ? title : { ...id, reference: digits };
}
