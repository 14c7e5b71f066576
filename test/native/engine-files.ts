import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { toFilm } from '../../src/import/film-row';
import type { EngineSettings } from '../../src/store/contract.generated';
import type { Movie } from '../../src/store/movie-store';

export const ROOT = path.join(__dirname, '..', '..');

/** The bundled films. */
export const STARTER_MOVIES: readonly Movie[] = readFileSync(path.join(ROOT, 'data', 'starter-films.jsonl'), 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => toFilm(JSON.parse(line)))
  .flatMap((row) => ('film' in row ? row.film : []));

/** What `npm test` sets; jest by itself needs it from the caller. */
export function testSetting(name: 'CINEMATCH_TEST_MODEL_DIR' | 'CINEMATCH_TEST_ORT_LIBRARY'): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run \`npm test\`, or set it as scripts/test.mjs does`);
  return value;
}

export function engineOptions(dataDir: string): EngineSettings {
  return {
    data_dir: dataDir,
    model: 'fast',
    model_dir: testSetting('CINEMATCH_TEST_MODEL_DIR'),
    runtime_library: testSetting('CINEMATCH_TEST_ORT_LIBRARY'),
    role: 'test',
    query_threads: 2,
    bulk_threads: 2,
  };
}

const folders: string[] = [];

/** An empty directory; `removeTemporaryDirs` removes it. */
export function temporaryDir(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'cinematch-test-'));
  folders.push(folder);
  return folder;
}

export function removeTemporaryDirs(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
