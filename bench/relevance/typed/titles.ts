import type { Movie } from '../../../src/store/movie-store';
import type { Question } from '../cases';
import { folded, votes } from './catalogue';

/** Titles that are asked of the best-known films. */
const BEST_KNOWN = 700;
/** Titles with letters swapped. */
const SWAPPED = 300;
/** Letters of the shortest word that letters are swapped in. */
const SWAPPED_FROM = 5;

const NUMBER_WORDS = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
];
const ROMAN = ['', 'I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X'];

/** Titles as people type them into the search, by kind; `films` with most votes first. Each question means one film. */
export function titleQuestions(films: readonly Movie[]): Record<string, Question[]> {
  const known = films.slice(0, BEST_KNOWN);
  return {
    'equal titles, twice the votes': equalTitles(films, 2),
    'equal titles, ten times the votes': equalTitles(films, 10),
    'exact titles': known.map((film) => ask(film.title, film)),
    'title (year)': known.flatMap((film) => (film.year ? [ask(`${film.title} (${film.year})`, film)] : [])),
    'two letters swapped': films.flatMap(swapped).slice(0, SWAPPED),
    'numbers written otherwise': uniquely(films.slice(0, 2 * BEST_KNOWN), films, numbersOtherwise),
    'short forms': uniquely(films.slice(0, 2 * BEST_KNOWN), films, shortForms),
    'article behind the comma': known.flatMap((film) => articleBehind(film).map((query) => ask(query, film))),
  };
}

function ask(query: string, { tmdb_id }: Movie): Question {
  return { query, targets: [tmdb_id] };
}

/** Titles of several films, of which the best known has at least `times` the votes of every other. */
function equalTitles(films: readonly Movie[], times: number): Question[] {
  return [...byTitle(films).values()].flatMap(([first, second]) =>
    first && second && votes(first) > 0 && votes(first) >= times * votes(second) ? [ask(first.title, first)] : [],
  );
}

function byTitle(films: readonly Movie[]): Map<string, Movie[]> {
  const groups = new Map<string, Movie[]>();
  for (const film of films) {
    const key = folded(film.title);
    groups.set(key, [...(groups.get(key) ?? []), film]);
  }
  return groups;
}

/** The two middle letters of the longest word exchanged. */
function swapped(film: Movie): Question[] {
  const words = film.title.match(/[A-Za-z]+/g) ?? [];
  const word = words.reduce((longest, each) => (each.length > longest.length ? each : longest), '');
  const middle = Math.floor(word.length / 2);
  const [left, right] = [word[middle - 1], word[middle]];
  if (word.length < SWAPPED_FROM || left === right) return [];
  const typo = `${word.slice(0, middle - 1)}${right}${left}${word.slice(middle + 1)}`;
  return [ask(film.title.replace(word, typo), film)];
}

/** Forms of titles that are no other film's title, and that mean the best-known film that has them. */
function uniquely(asked: readonly Movie[], films: readonly Movie[], formsOf: (film: Movie) => string[]): Question[] {
  const titles = byTitle(films);
  const questions = new Map<string, Question>();
  for (const film of asked) {
    for (const form of formsOf(film)) {
      const key = folded(form);
      if (!titles.has(key) && !questions.has(key)) questions.set(key, ask(form, film));
    }
  }
  return [...questions.values()];
}

/** `Rocky II` as `Rocky 2`, `Rocky Two` and `Rocky Part 2`; `12 Monkeys` as `Twelve Monkeys`. */
function numbersOtherwise({ title }: Movie): string[] {
  const part = /^(.{3,}?)(?: part| vol\.| volume| chapter)? ([IVX]+|\d)$/i.exec(title);
  if (part) {
    const [, name, written = ''] = part;
    const number = /^\d$/.test(written) ? Number(written) : ROMAN.indexOf(written.toUpperCase());
    return number < 2
      ? []
      : [`${name} ${number}`, `${name} ${NUMBER_WORDS[number]}`, `${name} part ${number}`, `${name} ${ROMAN[number]}`];
  }
  const counted = /^(\d{1,2}) (.+)$/.exec(title);
  const word = counted && NUMBER_WORDS[Number(counted[1])];
  if (counted && word) return [`${word} ${counted[2]}`];
  const [first = '', ...rest] = title.split(' ');
  const digits = NUMBER_WORDS.indexOf(first.toLowerCase());
  return digits > 1 && rest.length > 0 ? [`${digits} ${rest.join(' ')}`] : [];
}

/** What stands before a subtitle. */
function shortForms({ title }: Movie): string[] {
  const head = /^(.{4,}?)(?:: | - | – | — | or: |, or |: or )/.exec(title)?.[1];
  return head ? [head] : [];
}

/** `The Matrix` as `Matrix, The (1999)`. */
function articleBehind({ title, year }: Movie): string[] {
  const [, article, name] = /^(The|A|An|Le|La|Les|Il|El|Das|Der) (.+)$/.exec(title) ?? [];
  return article && name && year ? [`${name}, ${article} (${year})`] : [];
}
