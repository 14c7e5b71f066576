import type { Stores } from '../../store/stores';
import type { TmdbSettings } from '../../tmdb/settings';
import type { FilmFailure, UpdateError } from '../ingestion/failure';
import type { IngestionJob, IngestionOutcome } from '../ingestion/ingestion';
import type { Progress } from '../ingestion/progress';

/** Where the worker finds the stores of its process: a module (absolute path) that exports `attachStores`. */
export interface StoreAddress {
  module: string;
  dataDir: string;
}

/** What the module of a StoreAddress exports. The stores stay open when the worker ends: they belong to the main thread. */
export interface StoreModule {
  attachStores(dataDir: string): Promise<Stores>;
}

/** What a worker is started with. */
export interface WorkerInput {
  settings: TmdbSettings;
  job: IngestionJob;
  store: StoreAddress;
}

/** What a worker tells; `finished`, `failed` or `cancelled` comes last. */
export type WorkerMessage =
  | { type: 'progress'; progress: Progress }
  | { type: 'failure'; failure: FilmFailure }
  | { type: 'finished'; outcome: IngestionOutcome }
  | { type: 'failed'; error: UpdateError; stack: string }
  | { type: 'cancelled' };

/** The one thing that a worker is told. */
export const CANCEL = 'cancel';
