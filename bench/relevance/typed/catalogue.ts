import type { Movie, MovieStore } from '../../../src/store/movie-store';

const PAGE = 100;

/** The films of the catalogue, those with most votes first; equals by id. */
export async function mostVoted(store: MovieStore): Promise<Movie[]> {
  const films: Movie[] = [];
  for (let offset = 0; ; offset += PAGE) {
    const page = await store.list({ sort: 'votes', descending: true, limit: PAGE, offset });
    films.push(...page.movies);
    if (page.movies.length < PAGE) return films;
  }
}

/** A title or a name as it compares: letters and digits, without case and accents. */
export function folded(text: string): string {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return plain.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

export function votes({ vote_count: count = 0 }: Movie): number {
  return count;
}
