import { attachEngine } from '../../native';
import type { MovieStore, SearchMode } from '../../src/store/movie-store';
import type { Question } from './cases';
import { hitRate, reciprocalRank, searchRanks } from './measures';

/** Questions under the name of their measures. */
export type QuestionSets = Record<string, Question[]>;

/** What one way of searching is worth, by question set. */
export interface AblationRow {
  way: string;
  sets: Record<string, { 'hit@1': number; 'hit@10': number; 'mrr@10': number }>;
}

/** What the hybrid search is made of; the engine refuses a name that it does not know. */
const IDEAS = ['meaning', 'words', 'synonyms', 'names', 'hints', 'popularity', 'cleaning'];

interface Way {
  name: string;
  store: Pick<MovieStore, 'search'>;
  mode?: SearchMode;
}

/** Searches every question in every way. `store` is the one that this process has opened on `dataDir`. */
export async function ablate(store: MovieStore, dataDir: string, sets: QuestionSets): Promise<AblationRow[]> {
  const ways: Way[] = [
    { name: 'everything', store },
    ...IDEAS.map((idea) => ({ name: `without ${idea}`, store: withoutIdea(dataDir, idea) })),
    { name: 'words alone', store, mode: 'lexical' },
    { name: 'cosine alone', store, mode: 'semantic' },
  ];
  const rows: AblationRow[] = [];
  for (const { name, store: searched, mode } of ways) {
    const row: AblationRow = { way: name, sets: {} };
    for (const [set, questions] of Object.entries(sets)) {
      const ranks = await searchRanks(searched, questions, mode);
      row.sets[set] = { 'hit@1': hitRate(ranks, 1), 'hit@10': hitRate(ranks, 10), 'mrr@10': reciprocalRank(ranks) };
    }
    rows.push(row);
  }
  return rows;
}

/** The engine without one of its ideas, which is for measuring alone and therefore asked of the addon itself. */
function withoutIdea(dataDir: string, idea: string): Pick<MovieStore, 'search'> {
  const engine = attachEngine(dataDir);
  if (typeof engine === 'string') throw new Error(engine);
  return {
    search: async (request) => {
      const outcome = JSON.parse(await engine.searchWithout(JSON.stringify(request), JSON.stringify(idea)));
      if ('Err' in outcome) throw new Error(outcome.Err.message);
      return outcome.Ok;
    },
  };
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
