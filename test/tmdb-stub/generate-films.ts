import { GENRES, type StubFilm } from './stub-film';

const WORDS = [
  'harbour',
  'clockwork',
  'orchard',
  'lighthouse',
  'carnival',
  'glacier',
  'violin',
  'desert',
  'mirror',
  'railway',
];
const NAMES = [
  'Ada Brook',
  'Bela Novak',
  'Chidi Okafor',
  'Dora Lind',
  'Emre Kaya',
  'Fumiko Ota',
  'Gil Sousa',
  'Hana Levi',
];
const LANGUAGES = ['en', 'en', 'en', 'fr', 'de', 'ja'];

/**
 * Invented films, the same for the same arguments: most are plain, and every so often one has no cast, several directors, no
 * date, no runtime or a title in another script. Ids start at 1; the most popular come first.
 */
export function generateFilms(
  count: number,
  change: (film: StubFilm, index: number) => Partial<StubFilm> = () => ({}),
): StubFilm[] {
  return Array.from({ length: count }, (_, index) => {
    const film = generateFilm(index, count);
    return { ...film, ...change(film, index) };
  });
}

function generateFilm(index: number, count: number): StubFilm {
  const id = index + 1;
  const year = 1950 + (index % 70);
  const word = pick(WORDS, index);
  const genres = Object.keys(GENRES);
  return {
    tmdb_id: id,
    imdb_id: `tt${String(id).padStart(7, '0')}`,
    title: index % 11 === 10 ? `灯台 ${id}` : `The ${word} ${id}`,
    original_title: index % 11 === 10 ? `灯台 ${id}` : `Le ${word} ${id}`,
    alternative_titles: [`${word} number ${id}`],
    ...(index % 29 === 28 ? {} : { release_date: `${year}-${two(1 + (index % 12))}-${two(1 + (index % 28))}`, year }),
    overview: `Someone finds a ${word} in the year ${year} and meets film ${id}.`,
    ...(index % 3 === 0 ? { tagline: `Mind the ${word}.` } : {}),
    genres: [pick(genres, index), pick(genres, index + 7)],
    directors: index % 7 === 6 ? [pick(NAMES, index), pick(NAMES, index + 1)] : [pick(NAMES, index)],
    cast: index % 13 === 12 ? [] : Array.from({ length: 12 }, (_, place) => `${pick(NAMES, index + place)} ${place}`),
    keywords: [word, pick(WORDS, index + 3)],
    runtime: index % 17 === 16 ? 0 : 80 + (index % 60),
    vote_average: 7 + (index % 20) / 10,
    vote_count: 500 + ((index * 37) % 5_000),
    popularity: count - index,
    original_language: pick(LANGUAGES, index),
    countries: ['FR', 'US'],
    ...(index % 5 === 0 ? { collection: `${word} Collection` } : {}),
  };
}

function pick<T>(list: readonly T[], index: number): T {
  return list[index % list.length] as T;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
