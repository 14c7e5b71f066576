import * as native from '../../native';
import type {
  Answer,
  EngineSettings,
  Failure,
  FetchTime,
  ListRequest,
  Movie,
  MoviePage,
  MovieReference,
  RecommendRequest,
  Resolution,
  SearchRequest,
  StoredRecord,
  StoreStatus,
  Suggestion,
  UpsertReport,
} from './contract.generated';
import type { MovieStore, UpsertOptions } from './movie-store';
import type { RecordStore } from './record-store';
import { StoreError } from './store-error';
import type { Stores } from './stores';

/**
 * Opens a data directory in this process. Blocks while the catalogue is read. `onWarning` is told what goes wrong in the
 * background, such as an index that cannot be saved. Throws StoreError.
 */
export function openEmbeddedStores(settings: EngineSettings, onWarning: (message: string) => void = () => {}): Stores {
  return storesOf(native.openEngine(written(settings), onWarning));
}

/** The stores that this process already opened on `dataDir`, for its worker threads. Throws StoreError `closed` where there are none. */
export function attachEmbeddedStores(dataDir: string): Stores {
  return storesOf(native.attachEngine(dataDir));
}

/** An engine, or the outcome of a failure. */
function storesOf(opened: native.BindingEngine | string): Stores {
  const engine = typeof opened === 'string' ? read<native.BindingEngine>(opened) : opened;
  return {
    movies: new EmbeddedMovies(engine),
    records: new EmbeddedRecords(engine),
    close: async () => read(await engine.close()),
  };
}

/** The films of the engine in this process, through the addon. */
class EmbeddedMovies implements MovieStore {
  constructor(private readonly engine: native.BindingEngine) {}

  status(): StoreStatus {
    return read(this.engine.status());
  }

  isEmpty(): boolean {
    return read(this.engine.isEmpty());
  }

  async search(request: SearchRequest): Promise<Answer> {
    return read(await this.engine.search(written(request)));
  }

  async recommend(request: RecommendRequest): Promise<Answer> {
    return read(await this.engine.recommend(written(request)));
  }

  async resolve(references: readonly MovieReference[]): Promise<Resolution[]> {
    return read(await this.engine.resolve(written(references)));
  }

  async suggest(prefix: string, limit: number): Promise<Suggestion[]> {
    return read(await this.engine.suggest(prefix, limit));
  }

  async get(id: number): Promise<Movie | undefined> {
    return read<Movie | null>(await this.engine.get(id)) ?? undefined;
  }

  async list(request: ListRequest): Promise<MoviePage> {
    return read(await this.engine.list(written(request)));
  }

  async fetchTimes(): Promise<FetchTime[]> {
    return read(await this.engine.fetchTimes());
  }

  async upsert(movies: readonly Movie[], { background = false }: UpsertOptions = {}): Promise<UpsertReport> {
    return read(await this.engine.upsert(written(movies), background));
  }

  async delete(ids: readonly number[]): Promise<number> {
    return read(await this.engine.delete([...ids]));
  }

  async replaceAll(movies: readonly Movie[], { background = false }: UpsertOptions = {}): Promise<UpsertReport> {
    return read(await this.engine.replaceAll(written(movies), background));
  }
}

/** The service's records in the engine's database. */
class EmbeddedRecords implements RecordStore {
  constructor(private readonly engine: native.BindingEngine) {}

  async get(collection: string, key: string): Promise<StoredRecord | undefined> {
    return read<StoredRecord | null>(await this.engine.getRecord(collection, key)) ?? undefined;
  }

  async list(collection: string): Promise<StoredRecord[]> {
    return read(await this.engine.listRecords(collection));
  }

  async put(collection: string, key: string, value: unknown): Promise<void> {
    read(await this.engine.putRecord(collection, key, written(value)));
  }

  async delete(collection: string, key: string): Promise<boolean> {
    return read(await this.engine.deleteRecord(collection, key));
  }
}

/** An escaped surrogate: JSON.stringify escapes those alone that have no partner. */
const LONE_SURROGATE = /\\ud[89a-f]/;

/** A request as JSON. A surrogate without its partner, which is no text, becomes U+FFFD. */
function written(value: unknown): string {
  const text = JSON.stringify(value);
  if (!LONE_SURROGATE.test(text)) return text;
  return JSON.stringify(value, (_, item) => (typeof item === 'string' ? wellFormed(item) : item));
}

function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}

/** What an outcome holds; a failure that crossed as data becomes an exception. */
function read<T>(text: string): T {
  const outcome = JSON.parse(text) as { Ok: T } | { Err: Failure };
  if ('Ok' in outcome) return outcome.Ok;
  const { code, message, field, known } = outcome.Err;
  throw new StoreError(code, message, field, known);
}
