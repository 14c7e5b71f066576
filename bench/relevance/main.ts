import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { openStores } from '../../src/compose';
import { loadConfig } from '../../src/config';
import type { MovieStore } from '../../src/store/movie-store';
import { ablate, type QuestionSets } from './ablation';
import {
  HELD_OUT_QUESTIONS,
  PLAIN_QUESTIONS,
  type Question,
  questionsOf,
  readLines,
  readNextLikes,
  readRemembered,
  type Split,
} from './cases';
import { measureLatency } from './latency';
import { nextLikeRanks, searchRanks } from './measures';
import { plainReport, type Report, reportText, searchMeasures, userMeasures } from './report';
import { typedRows } from './typed';

const USAGE = `How often the engine finds the film that was meant.

  npm run eval -- [--data DIR] [--split validation] [--n N] [--plain FILE] [--data-dir DIR] [--json FILE] [--ablation] [--typed]

  --data DIR      human judgments: queries.jsonl ({query, query_short, targets, split}) and ratings.csv
                  (user_id,tmdb_id,rating,timestamp); without it, only the project's own questions
  --split NAME    validation (the default), train or all of queries.jsonl
  --n N           at most N questions, and N people
  --plain FILE    these questions instead of the project's own two files, {query, targets} a line
  --data-dir DIR  the data directory that holds the films; DATA_DIR otherwise. No server may have it open.
  --json FILE     writes the report there as JSON, too
  --ablation      prints, as a table, what the search is worth without each of its ideas
  --typed         also what people type that is no description: titles, negations, conditions, people; and dislikes

MODEL chooses the model, as for the server.`;

const SPLITS: readonly string[] = ['validation', 'train', 'all'] satisfies Split[];

interface Options {
  data: string | undefined;
  split: Split;
  most: number;
  plain: string | undefined;
  json: string | undefined;
  ablation: boolean;
  typed: boolean;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      data: { type: 'string' },
      split: { type: 'string', default: 'validation' },
      n: { type: 'string', default: 'Infinity' },
      plain: { type: 'string' },
      'data-dir': { type: 'string' },
      json: { type: 'string' },
      ablation: { type: 'boolean', default: false },
      typed: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(USAGE);
  const { split, n } = values;
  if (!SPLITS.includes(split)) throw new Error(`--split must be one of ${SPLITS.join(', ')}, not "${split}"`);
  if (!(Number(n) > 0)) throw new Error(`--n must be a number above 0, not "${n}"`);
  const dataDir = values['data-dir'];
  const config = loadConfig({ ...process.env, ...(dataDir !== undefined && { DATA_DIR: path.resolve(dataDir) }) });
  const stores = await openStores(config, 'npm run eval');
  try {
    const { data, plain, json, ablation, typed } = values;
    const report = await evaluate(stores.movies, config.dataDir, {
      data,
      split: split as Split,
      most: Number(n),
      plain,
      json,
      ablation,
      typed,
    });
    process.stdout.write(reportText(report));
    if (json !== undefined) writeFileSync(json, `${JSON.stringify(report, null, 2)}\n`);
  } finally {
    await stores.close();
  }
}

async function evaluate(
  store: MovieStore,
  dataDir: string,
  { data, split, most, plain, ablation, typed }: Options,
): Promise<Report> {
  const { films, model, pending } = store.status();
  if (films === 0) throw new Error('the data directory holds no films; import them first');
  if (pending > 0)
    throw new Error(`${pending} films still wait for vectors of the model; start the server and let it finish`);
  const started = performance.now();
  const measures: Report['measures'] = {};
  const questions: Question[] = readLines(plain ?? PLAIN_QUESTIONS);
  const heldOut: Question[] = plain === undefined ? readLines(HELD_OUT_QUESTIONS) : [];
  const asked: QuestionSets = {};
  if (data !== undefined) {
    const remembered = readRemembered(data, split, most);
    for (const form of ['query', 'query_short'] as const) {
      asked[form] = questionsOf(remembered, form);
      Object.assign(measures, searchMeasures(form, await searchRanks(store, asked[form])));
    }
    Object.assign(measures, userMeasures(await nextLikeRanks(store, readNextLikes(data, most))));
  }
  const own = plainReport(questions, await searchRanks(store, questions));
  const checked = plainReport(heldOut, await searchRanks(store, heldOut));
  const latency = await measureLatency(
    store,
    [...questions, ...(asked.query_short ?? [])].map(({ query }) => query),
  );
  const sets = { ...asked, plain: questions, ...(heldOut.length > 0 && { plain_heldout: heldOut }) };
  const rows = ablation ? await ablate(store, dataDir, sets) : undefined;
  const typedQuestions = typed ? await typedRows(store) : undefined;
  const seconds = (performance.now() - started) / 1000;
  return {
    model: model.name,
    films,
    split,
    measures,
    plain: own,
    ...(heldOut.length > 0 && { plain_heldout: checked }),
    latency_ms: latency,
    ...(rows && { ablation: rows }),
    ...(typedQuestions && { typed: typedQuestions }),
    seconds,
  };
}

main().catch((error: Error) => {
  process.stderr.write(`error: ${error.message}\n`);
  process.exitCode = 1;
});
