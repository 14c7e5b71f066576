import type { MovieStore } from './movie-store';
import type { RecordStore } from './record-store';

/** The stores of a service, opened together. */
export interface Stores {
  movies: MovieStore;
  records: RecordStore;
  /** Closes both; whoever asks them later gets a StoreError `closed`. Closing twice is no error. */
  close(): Promise<void>;
}
