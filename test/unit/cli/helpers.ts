import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CliContext } from '../../../src/cli/context';
import { run } from '../../../src/cli/program';
import { parseConfig } from '../../../src/config';
import type { Movie } from '../../../src/store/movie-store';
import { StoreError } from '../../../src/store/store-error';
import { FakeMovieStore } from '../../fake-store/fake-movie-store';

export const FILMS: Movie[] = [
  film(597, 'Titanic', 1997, 'A romance on a sinking ship.', ['Drama', 'Romance'], ['James Cameron']),
  film(218, 'The Terminator', 1984, 'A machine hunts a woman.', ['Action'], ['James Cameron']),
  film(348, 'Alien', 1979, 'A creature hunts the crew of a ship.', ['Horror'], ['Ridley Scott']),
];

function film(
  tmdb_id: number,
  title: string,
  year: number,
  overview: string,
  genres: string[],
  directors: string[],
): Movie {
  return { tmdb_id, title, year, overview, genres, directors, cast: [], keywords: [] };
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A new folder that is gone after the test file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'cinematch-cli-'));
  folders.push(folder);
  return folder;
}

export interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** A world for commands: a fake store, captured output, interrupts at will. */
export class TestWorld {
  readonly dataDir = temporaryFolder();
  readonly interrupt = new AbortController();
  store = new FakeMovieStore(FILMS);
  /** Set where another process holds the data directory. */
  locked = false;
  env: Record<string, string> = {};

  /** Runs one command line. */
  async run(...args: string[]): Promise<Outcome> {
    let stdout = '';
    let stderr = '';
    const context: CliContext = {
      loadConfig: (overrides) => parseConfig({ DATA_DIR: this.dataDir, ...this.env, ...overrides }),
      openStores: async () => {
        if (this.locked) throw new StoreError('data_dir_locked', 'the data directory is in use by cinematch serve');
        return this.store.stores();
      },
      env: this.env,
      stdout: { write: (text) => (stdout += text) },
      stderr: { write: (text) => (stderr += text) },
      onInterrupt: () => this.interrupt.signal,
    };
    const code = await run(args, context);
    return { code, stdout, stderr };
  }
}
