import { readFileSync } from 'node:fs';
import path from 'node:path';

/** A question, and the films that answer it. */
export interface Question {
  query: string;
  targets: number[];
}

/** What somebody asked to find a film again, whole and cut down to its first sentence. */
export interface RememberedFilm extends Question {
  query_short: string;
  split: 'train' | 'validation';
}

/** Five films that a person liked, oldest first, and the next one. */
export interface NextLike {
  liked: number[];
  next: number;
}

export type Split = RememberedFilm['split'] | 'all';

const QUESTIONS = path.join(__dirname, '..', 'questions');

/** The project's own questions about famous films; weights were chosen on them. */
export const PLAIN_QUESTIONS = path.join(QUESTIONS, 'plain.jsonl');

/** Others of their kind about other films, on which nothing is chosen. */
export const HELD_OUT_QUESTIONS = path.join(QUESTIONS, 'plain-heldout.jsonl');

/** Words that a question needs to be one. */
const LEAST_WORDS = 3;
/** What is read of a question. */
const MOST_CHARACTERS = 2_000;
const LIKED_FROM = 4;
const LIKES_SHOWN = 5;

/** Rows of a file with one JSON object a line. */
export function readLines<T>(file: string): T[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line.trim() !== '').map((line) => JSON.parse(line) as T);
}

/** The questions of `queries.jsonl` in a folder, at most `most` of them. */
export function readRemembered(folder: string, split: Split, most: number): RememberedFilm[] {
  const all = readLines<RememberedFilm>(path.join(folder, 'queries.jsonl'));
  return all.filter((question) => split === 'all' || question.split === split).slice(0, most);
}

/** One form of the questions, without those too short to be asked. */
export function questionsOf(remembered: readonly RememberedFilm[], form: 'query' | 'query_short'): Question[] {
  const questions = remembered.map((film) => ({ query: film[form].slice(0, MOST_CHARACTERS), targets: film.targets }));
  return questions.filter(({ query }) => query.trim().split(/\s+/).length >= LEAST_WORDS);
}

/** The people of `ratings.csv` (user_id,tmdb_id,rating,timestamp) in a folder with enough likes: the last one is to be foreseen. */
export function readNextLikes(folder: string, most: number): NextLike[] {
  const people = new Map<string, { film: number; rating: number; time: number }[]>();
  const [, ...lines] = readFileSync(path.join(folder, 'ratings.csv'), 'utf8').trim().split('\n');
  for (const line of lines) {
    const [person = '', film, rating, time] = line.trim().split(',');
    const ratings = people.get(person) ?? people.set(person, []).get(person);
    ratings?.push({ film: Number(film), rating: Number(rating), time: Number(time) });
  }
  return [...people.values()].slice(0, most).flatMap((ratings) => {
    const inTime = ratings.filter(({ rating }) => rating >= LIKED_FROM);
    inTime.sort((a, b) => a.time - b.time || a.film - b.film);
    const likes = inTime.map(({ film }) => film);
    const next = likes.pop();
    return next !== undefined && likes.length >= LIKES_SHOWN ? [{ liked: likes.slice(-LIKES_SHOWN), next }] : [];
  });
}
