import { attachEmbeddedStore } from './embedded-store';
import type { MovieStore } from './movie-store';

/** What a worker thread of the process that opened `dataDir` loads to share its engine (see `updates/worker-protocol`). */
export async function attachStore(dataDir: string): Promise<MovieStore> {
  return attachEmbeddedStore(dataDir);
}
