import type { MovieStore, SearchMode } from '../../src/store/movie-store';

/** Milliseconds that half of the searches took at most, one after the other. */
export interface Latency {
  hybrid: number;
  semantic: number;
  /** `hybrid` over `semantic`. */
  ratio: number;
  /** Questions measured. */
  n: number;
}

const QUESTIONS = 200;
const WARM_UP = 20;

/** Times questions of 5 to 15 words in both modes, taking turns so that what else the machine does hits both alike. */
export async function measureLatency(store: MovieStore, questions: readonly string[]): Promise<Latency> {
  const usual = questions.filter((text) => {
    const words = text.trim().split(/\s+/).length;
    return words >= 5 && words <= 15;
  });
  const sample = usual.slice(0, QUESTIONS);
  const times: Record<'hybrid' | 'semantic', number[]> = { hybrid: [], semantic: [] };
  for (const [i, text] of [...sample.slice(0, WARM_UP), ...sample].entries()) {
    const modes = ['hybrid', 'semantic'] as const;
    for (const mode of i % 2 === 0 ? modes : modes.toReversed()) {
      const time = await timeSearch(store, text, mode);
      if (i >= WARM_UP) times[mode].push(time);
    }
  }
  const [hybrid, semantic] = [median(times.hybrid), median(times.semantic)];
  return { hybrid, semantic, ratio: hybrid / semantic, n: sample.length };
}

async function timeSearch(store: MovieStore, text: string, mode: SearchMode): Promise<number> {
  const start = performance.now();
  await store.search({ text, mode, limit: 10 });
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
