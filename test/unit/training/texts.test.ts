import { readFileSync } from 'node:fs';
import path from 'node:path';

interface Text {
  tmdb_id: number;
  title: string;
  year: number;
  countries: string[];
  overview: string;
  plot?: string;
}

const ROOT = path.join(__dirname, '../../..');
const read = (file: string): Text[] =>
  readFileSync(path.join(ROOT, file), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

const texts = read('training/texts/films.jsonl');
const words = (text: string) => text.trim().split(/\s+/).length;
const which = (wrong: (film: Text) => boolean) => texts.filter(wrong).map(({ title }) => title);

describe('the texts for training', () => {
  test('are of films that are not bundled, each once, in the order of year and id', () => {
    const bundled = new Set(read('data/starter-films.jsonl').map(({ tmdb_id }) => tmdb_id));
    expect(which(({ tmdb_id }) => bundled.has(tmdb_id))).toEqual([]);
    expect(new Set(texts.map(({ tmdb_id }) => tmdb_id)).size).toBe(texts.length);
    const sorted = [...texts].sort((a, b) => a.year - b.year || a.tmdb_id - b.tmdb_id);
    expect(texts.map(({ tmdb_id }) => tmdb_id)).toEqual(sorted.map(({ tmdb_id }) => tmdb_id));
  });

  test('have overviews of 30 to 100 words in two to four sentences, and plots of 150 to 400', () => {
    const sentences = (text: string) => text.match(/[.!?]["”’)]*(?=\s|$)/g)?.length ?? 0;
    expect(which(({ overview }) => words(overview) < 30 || words(overview) > 100)).toEqual([]);
    expect(which(({ overview }) => sentences(overview) < 2 || sentences(overview) > 4)).toEqual([]);
    expect(which(({ plot }) => plot !== undefined && (words(plot) < 150 || words(plot) > 400))).toEqual([]);
    expect(new Set(texts.map(({ overview }) => overview)).size).toBe(texts.length);
  });

  test('name countries by their ISO 3166-1 codes', () => {
    expect(which(({ countries }) => !countries.length || countries.some((code) => !/^[A-Z]{2}$/.test(code)))).toEqual(
      [],
    );
  });
});
