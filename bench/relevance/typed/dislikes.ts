import type { Movie, MovieStore } from '../../../src/store/movie-store';

/** Three films of a genre that somebody likes, and one of it that they dislike. */
export interface Dislike {
  genre: string;
  liked: Movie[];
  disliked: Movie;
}

const GENRES = [
  'Horror',
  'Romance',
  'Science Fiction',
  'Comedy',
  'Crime',
  'War',
  'Animation',
  'Fantasy',
  'Western',
  'Thriller',
];
/** Cases of a genre. */
const CASES = 4;
const LIKES = 3;
const SHOWN = 10;

/** `films` with most votes first. */
export function dislikes(films: readonly Movie[]): Dislike[] {
  return GENRES.flatMap((genre) => {
    const known = films.filter((film) => film.genres.slice(0, 2).includes(genre));
    return Array.from({ length: CASES }, (_, i) => {
      const [disliked, ...liked] = known.slice(i * (LIKES + 1), (i + 1) * (LIKES + 1));
      return disliked && liked.length === LIKES ? { genre, liked, disliked } : undefined;
    }).filter((dislike) => dislike !== undefined);
  });
}

/** How many of the first ten recommendations are of the genre, without the dislike and with it. */
export async function genreKept(store: MovieStore, { genre, liked, disliked }: Dislike): Promise<[number, number]> {
  const count = async (unwanted: number[]) => {
    const { hits } = await store.recommend({
      liked: liked.map(({ tmdb_id }) => tmdb_id),
      disliked: unwanted,
      limit: SHOWN,
      include: { details: true },
    });
    return hits.filter(({ movie }) => movie?.genres.includes(genre)).length;
  };
  return [await count([]), await count([disliked.tmdb_id])];
}
