import { attachEmbeddedStores } from './embedded-store';
import type { Stores } from './stores';

/** For a worker thread: the stores that the main thread opened on `dataDir`. Rejects with StoreError `closed` where there are none. */
export async function attachStores(dataDir: string): Promise<Stores> {
  return attachEmbeddedStores(dataDir);
}
