import { attachEmbeddedStore } from './embedded-store';
import type { MovieStore } from './movie-store';

/** For a worker thread: the store that the main thread opened on `dataDir`. Rejects with EngineError `closed` where there is none. */
export async function attachStore(dataDir: string): Promise<MovieStore> {
  return attachEmbeddedStore(dataDir);
}
