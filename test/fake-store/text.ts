import type { Movie } from '../../src/store/movie-store';

/** Without case, accents and punctuation. */
export function fold(value: string): string {
  return value
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** A folded title without its leading article. */
export function foldTitle(title: string): string {
  return fold(title).replace(/^(the|a|an) (?=.)/, '');
}

export function words(value: string): ReadonlySet<string> {
  return new Set(fold(value).split(' ').filter(Boolean));
}

/** Share of the words asked for that are there, 0 to 1. */
export function overlap(asked: ReadonlySet<string>, there: ReadonlySet<string>): number {
  return asked.size === 0 ? 0 : [...asked].filter((word) => there.has(word)).length / asked.size;
}

/** Letters that the typed title is away from the nearest title of a film. */
export function nearness(typed: string, { title, original_title, alternative_titles }: Movie): number {
  const titles = [title, original_title ?? title, ...(alternative_titles ?? [])];
  return Math.min(...titles.map((each) => editDistance(foldTitle(typed), foldTitle(each))));
}

/** Levenshtein's distance. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(change, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    previous = row;
  }
  return previous[b.length] ?? 0;
}
