import { type MovieStore, SEARCH_IDEAS } from '../../src/engine/movie-store';
import type { Question } from './cases';
import { hitRate, reciprocalRank, searchRanks, type Way } from './measures';

/** Questions under the name of their measures. */
export type QuestionSets = Record<string, Question[]>;

/** What one way of searching is worth, by question set. */
export interface AblationRow {
  way: string;
  sets: Record<string, { 'hit@1': number; 'hit@10': number; 'mrr@10': number }>;
}

const WAYS: readonly (Way & { name: string })[] = [
  { name: 'everything' },
  ...SEARCH_IDEAS.map((idea) => ({ name: `without ${idea}`, without: idea })),
  { name: 'words alone', mode: 'lexical' },
  { name: 'cosine alone', mode: 'semantic' },
];

/** Searches every question in every way. */
export async function ablate(store: MovieStore, sets: QuestionSets): Promise<AblationRow[]> {
  const rows: AblationRow[] = [];
  for (const { name, ...way } of WAYS) {
    const row: AblationRow = { way: name, sets: {} };
    for (const [set, questions] of Object.entries(sets)) {
      const ranks = await searchRanks(store, questions, way);
      row.sets[set] = { 'hit@1': hitRate(ranks, 1), 'hit@10': hitRate(ranks, 10), 'mrr@10': reciprocalRank(ranks) };
    }
    rows.push(row);
  }
  return rows;
}

/** The rows as a Markdown table. */
export function ablationTable(rows: readonly AblationRow[]): string {
  const sets = Object.keys(rows[0]?.sets ?? {});
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  const cell = (values?: Record<string, number>) =>
    Object.values(values ?? {})
      .map((value) => value.toFixed(3).replace(/^0/, ''))
      .join(' ');
  return [
    line(['hit@1 hit@10 mrr@10', ...sets]),
    line(['---', ...sets.map(() => '---')]),
    ...rows.map((row) => line([row.way, ...sets.map((set) => cell(row.sets[set]))])),
  ].join('\n');
}
