import type { MovieStore } from '../../../src/store/movie-store';
import { inParallel } from '../../../src/tmdb/parallel';
import { searchRanks } from '../measures';
import { mostVoted } from './catalogue';
import { dislikes, genreKept } from './dislikes';
import { peopleQuestions } from './people';
import { titleQuestions } from './titles';
import { CONDITIONS, type KindQuestion, NEGATIONS } from './wishes';

const WIDTH = 16;
const SHOWN = 10;

/** A kind of what people type that is no description, and how often it was answered rightly. */
export interface TypedRow {
  kind: string;
  n: number;
  /** What `value` is: films that are first, or the mean of something over the first ten hits. */
  measure: string;
  value: number;
  /** Questions answered wrongly, at most a few. */
  missed: string[];
}

const EXAMPLES = 8;

/** Titles, negations, conditions, people and dislikes, generated from the catalogue in the store. */
export async function typedRows(store: MovieStore): Promise<TypedRow[]> {
  const films = await mostVoted(store);
  const rows: TypedRow[] = [];
  for (const [kind, questions] of Object.entries(titleQuestions(films))) {
    const ranks = await searchRanks(store, questions);
    const missed = questions.filter((_, i) => ranks[i] !== 1).map(({ query }) => query);
    rows.push(row(kind, 'first', questions.length, questions.length - missed.length, missed));
  }
  rows.push(await kindRow(store, 'negations', 'of the excluded kind, of ten', NEGATIONS, (count) => count > 1));
  rows.push(await kindRow(store, 'conditions alone', 'meet it, of ten', CONDITIONS, (count) => count < 9));
  for (const [kind, questions] of Object.entries(peopleQuestions(films))) {
    rows.push(await kindRow(store, kind, 'with the person, of ten', questions, (count) => count < 6));
  }
  const cases = dislikes(films);
  const kept = await inParallel(cases, WIDTH, (each) => genreKept(store, each));
  const lost = cases.filter((_, i) => (kept[i]?.[1] ?? 0) < (kept[i]?.[0] ?? 0) - 2);
  const titles = lost.map(({ liked, disliked }) => `${liked.map(({ title }) => title).join(', ')} – ${disliked.title}`);
  const mean = (place: 0 | 1) => kept.reduce((sum, counts) => sum + counts[place], 0) / kept.length;
  rows.push(row('three likes', 'of their genre, of ten', cases.length, mean(0), []));
  rows.push(row('three likes and a dislike', 'of their genre, of ten', cases.length, mean(1), titles));
  return rows;
}

/** The mean number of hits of the kind among the first ten. */
async function kindRow(
  store: MovieStore,
  kind: string,
  measure: string,
  questions: readonly KindQuestion[],
  isWrong: (count: number) => boolean,
): Promise<TypedRow> {
  const counts = await inParallel(questions, WIDTH, async ({ query, of }) => {
    const { hits } = await store.search({ text: query, limit: SHOWN, include: { details: true } });
    return hits.filter(({ movie }) => movie && of(movie)).length;
  });
  const missed = questions.flatMap(({ query }, i) => (isWrong(counts[i] ?? 0) ? [`${query} (${counts[i]})`] : []));
  return row(kind, measure, questions.length, counts.reduce((sum, count) => sum + count, 0) / counts.length, missed);
}

function row(kind: string, measure: string, n: number, value: number, missed: string[]): TypedRow {
  return { kind, n, measure, value: Number(value.toFixed(2)), missed: missed.slice(0, EXAMPLES) };
}

/** The rows for people. */
export function typedText(rows: readonly TypedRow[]): string[] {
  return rows.flatMap(({ kind, n, measure, value, missed }) => [
    `${kind.padEnd(34)} ${String(value).padStart(6)} ${measure} (n ${n})`,
    ...(missed.length > 0 ? [`  e.g. ${missed.join(' · ')}`] : []),
  ]);
}
