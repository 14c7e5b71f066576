import type { Movie } from '../../../src/store/movie-store';
import { folded } from './catalogue';
import type { KindQuestion } from './wishes';

/** People asked for, those with most votes over their films first. */
const PEOPLE = 100;
/** Leading actors of a film that count towards how well a person is known. */
const LEADS = 3;
/** Films that a person needs to be asked for. */
const LEAST_FILMS = 8;

/** Questions about people, by kind; `of` tells their films. `films` with most votes first. */
export function peopleQuestions(films: readonly Movie[]): Record<string, KindQuestion[]> {
  const people = bestKnown(films);
  const by = (name: string) => (film: Movie) => filmsOf(film).some((each) => folded(each) === folded(name));
  const asked = (form: (name: string, place: number) => string) =>
    people.map((name, place) => ({ query: form(name, place), of: by(name) }));
  const genres = ['comedy', 'drama', 'thriller', 'action'];
  return {
    'a name': asked((name) => name),
    'a name with two letters swapped': asked(swapped),
    'a name with a letter left out': asked(shortened),
    'movies with a name': asked((name) => `movies with ${name.toLowerCase()}`),
    'a name and a genre': asked((name, place) => `${name.toLowerCase()} ${genres[place % genres.length]}`),
  };
}

function filmsOf(film: Movie): string[] {
  return [...new Set([...film.directors, ...film.cast])];
}

function bestKnown(films: readonly Movie[]): string[] {
  const fame = new Map<string, { votes: number; films: number }>();
  for (const film of films) {
    for (const name of new Set([...film.directors, ...film.cast.slice(0, LEADS)])) {
      const sofar = fame.get(name) ?? { votes: 0, films: 0 };
      fame.set(name, { votes: sofar.votes + (film.vote_count ?? 0), films: sofar.films + 1 });
    }
  }
  const names = [...fame].filter(([name, { films: count }]) => count >= LEAST_FILMS && name.includes(' '));
  names.sort(([, left], [, right]) => right.votes - left.votes);
  return names.slice(0, PEOPLE).map(([name]) => name);
}

/** The two middle letters of the last name exchanged. */
function swapped(name: string): string {
  const at = middleOfLast(name);
  return `${name.slice(0, at - 1)}${name[at]}${name[at - 1]}${name.slice(at + 1)}`;
}

function shortened(name: string): string {
  const at = middleOfLast(name);
  return name.slice(0, at) + name.slice(at + 1);
}

function middleOfLast(name: string): number {
  const start = name.lastIndexOf(' ') + 1;
  return start + Math.max(1, Math.floor((name.length - start) / 2));
}
