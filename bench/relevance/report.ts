import { type AblationRow, ablationTable } from './ablation';
import type { Question } from './cases';
import type { Latency } from './latency';
import { hitRate, type Rank, reciprocalRank } from './measures';
import { type TypedRow, typedText } from './typed';

/** A question of the project's own whose film was not among the first ten. */
export interface Miss {
  query: string;
  /** Place among the first hundred, where it has one. */
  rank: number | null;
}

/** What became of questions of the project's own. */
export interface PlainReport {
  first: number;
  among_ten: number;
  n: number;
  missed: Miss[];
}

export interface Report {
  model: string;
  films: number;
  split: string;
  /** `query.hit@10` and the like, 0 to 1; `.n` is the number of cases. */
  measures: Record<string, number>;
  plain?: PlainReport;
  plain_heldout?: PlainReport;
  latency_ms?: Latency;
  ablation?: AblationRow[];
  typed?: TypedRow[];
  seconds: number;
}

/** The measures of questions under a name. */
export function searchMeasures(name: string, ranks: readonly Rank[]): Record<string, number> {
  return named(name, ranks, {
    'hit@1': hitRate(ranks, 1),
    'hit@10': hitRate(ranks, 10),
    'hit@100': hitRate(ranks, 100),
    'mrr@10': reciprocalRank(ranks),
  });
}

/** The measures of recommendations. */
export function userMeasures(ranks: readonly Rank[]): Record<string, number> {
  return named('user', ranks, { 'hit@10': hitRate(ranks, 10), 'hit@50': hitRate(ranks, 50) });
}

function named(name: string, ranks: readonly Rank[], values: Record<string, number>): Record<string, number> {
  const rounded = Object.entries(values).map(([measure, value]) => [`${name}.${measure}`, Number(value.toFixed(4))]);
  return { ...Object.fromEntries(rounded), [`${name}.n`]: ranks.length };
}

/** What became of the project's own questions. */
export function plainReport(questions: readonly Question[], ranks: readonly Rank[]): PlainReport {
  const missed = questions.flatMap(({ query }, i) => {
    const rank = ranks[i] ?? Number.POSITIVE_INFINITY;
    return rank > 10 ? [{ query, rank: Number.isFinite(rank) ? rank : null }] : [];
  });
  const first = ranks.filter((rank) => rank === 1).length;
  return { first, among_ten: ranks.length - missed.length, n: ranks.length, missed };
}

/** The report for people. */
export function reportText(report: Report): string {
  const { measures, plain, plain_heldout: heldOut, latency_ms: latency } = report;
  const lines = [`${report.films} films, ${report.model}, split ${report.split}, ${report.seconds.toFixed(0)} s`];
  for (const name of ['query', 'query_short', 'user']) {
    if (`${name}.n` in measures) lines.push(measureLine(name, measures));
  }
  if (plain) lines.push(...plainLines('plain', plain));
  if (heldOut) lines.push(...plainLines('held out', heldOut));
  if (latency) {
    const { hybrid, semantic, ratio, n } = latency;
    lines.push(
      `latency p50  hybrid ${hybrid.toFixed(2)} ms, semantic ${semantic.toFixed(2)} ms, ratio ${ratio.toFixed(2)} (n ${n})`,
    );
  }
  if (report.typed) lines.push('', ...typedText(report.typed));
  if (report.ablation) lines.push('', ablationTable(report.ablation));
  return `${lines.join('\n')}\n`;
}

function plainLines(name: string, { first, among_ten: amongTen, n, missed }: PlainReport): string[] {
  const misses = missed.map(
    ({ query, rank }) => `  missed ${rank === null ? '(>100)' : `(${rank})`.padEnd(6)} ${query}`,
  );
  return [`${name.padEnd(12)} first ${first}, among ten ${amongTen}, of ${n}`, ...misses];
}

function measureLine(name: string, measures: Record<string, number>): string {
  const own = Object.entries(measures).filter(([key]) => key.startsWith(`${name}.`));
  const cells = own.map(
    ([key, value]) => `${key.slice(name.length + 1)} ${key.endsWith('.n') ? value : value.toFixed(4)}`,
  );
  return `${name.padEnd(12)} ${cells.join('  ')}`;
}
