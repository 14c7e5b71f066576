import * as native from '../../native';
import { ENGINE_ERROR_CODES, EngineError, type EngineErrorCode } from './engine-error';
import type { Movie } from './movie';
import type {
  Answer,
  ListRequest,
  MoviePage,
  MovieReference,
  MovieStore,
  RecommendRequest,
  RecordStore,
  Resolution,
  SearchRequest,
  StoredRecord,
  StoreStatus,
  Suggestion,
  UpsertReport,
} from './movie-store';

/** Where the engine finds its files, and how many threads it may use (0: one a core). */
export interface EmbeddedStoreOptions {
  dataDir: string;
  /** `fast`, `quality`, another known name, or a folder that holds a model. */
  model: string;
  /** Folder that holds the models. */
  modelDir: string;
  /** Absolute path of ONNX Runtime's shared library. */
  runtimeLibrary: string;
  /** Told to a second process that wants the same directory. */
  role: string;
  queryThreads?: number;
  bulkThreads?: number;
  /** Told what goes wrong in the background, such as an index that cannot be saved. */
  onWarning?: (message: string) => void;
}

/** Opens a data directory in this process. Blocks while the catalogue is read. Throws EngineError. */
export function openEmbeddedStore({ onWarning = () => {}, ...options }: EmbeddedStoreOptions): MovieStore {
  return new EmbeddedStore(unwrap(native.openEngine({ queryThreads: 0, bulkThreads: 0, ...options }, onWarning)));
}

/** The store that this process already opened on `dataDir`, for its worker threads. Throws EngineError `closed` where there is none. */
export function attachEmbeddedStore(dataDir: string): MovieStore {
  return new EmbeddedStore(unwrap(native.attachEngine(dataDir)));
}

/** The engine in this process, through the addon. */
class EmbeddedStore implements MovieStore {
  readonly records: RecordStore;

  constructor(private readonly engine: native.BindingEngine) {
    this.records = new EmbeddedRecords(engine);
  }

  status(): StoreStatus {
    return unwrap(this.engine.status());
  }

  isEmpty(): boolean {
    return unwrap(this.engine.isEmpty());
  }

  async search(request: SearchRequest): Promise<Answer> {
    return unwrap(await this.engine.search(request));
  }

  searchBatch(requests: SearchRequest[]): Promise<Answer[]> {
    return Promise.all(requests.map((request) => this.search(request)));
  }

  async recommend(request: RecommendRequest): Promise<Answer> {
    return unwrap(await this.engine.recommend(request));
  }

  async resolve(references: MovieReference[]): Promise<Resolution[]> {
    const resolutions = unwrap(await this.engine.resolve(references));
    return references.map((reference, i) => ({ reference, suggestions: [], ...resolutions[i] }));
  }

  async suggest(prefix: string, limit: number): Promise<Suggestion[]> {
    return unwrap(await this.engine.suggest(prefix, limit));
  }

  async get(id: number): Promise<Movie | undefined> {
    return unwrap(await this.engine.get(id))[0];
  }

  async list(request: ListRequest): Promise<MoviePage> {
    return unwrap(await this.engine.list(request));
  }

  async fetchedAt(): Promise<{ id: number; fetchedAt?: string }[]> {
    return unwrap(await this.engine.fetchTimes());
  }

  async upsert(movies: Movie[], options?: { background?: boolean }): Promise<UpsertReport> {
    return unwrap(await this.engine.upsert(movies, options?.background ?? false));
  }

  async delete(ids: number[]): Promise<number> {
    return unwrap(await this.engine.delete(ids));
  }

  async replaceAll(movies: Movie[], options?: { background?: boolean }): Promise<UpsertReport & { deleted: number[] }> {
    return unwrap(await this.engine.replaceAll(movies, options?.background ?? false));
  }

  async close(): Promise<void> {
    unwrap(await this.engine.close());
  }
}

/** The service's records in the engine's database. */
class EmbeddedRecords implements RecordStore {
  constructor(private readonly engine: native.BindingEngine) {}

  async get(collection: string, key: string): Promise<StoredRecord | undefined> {
    return unwrap(await this.engine.getRecord(collection, key)).map(parseRecord)[0];
  }

  async list(collection: string): Promise<StoredRecord[]> {
    return unwrap(await this.engine.listRecords(collection)).map(parseRecord);
  }

  async put(collection: string, key: string, value: unknown): Promise<void> {
    unwrap(await this.engine.putRecord(collection, key, JSON.stringify(value)));
  }

  async delete(collection: string, key: string): Promise<boolean> {
    return unwrap(await this.engine.deleteRecord(collection, key));
  }
}

function parseRecord(record: native.BindingRecord): StoredRecord {
  return { ...record, value: JSON.parse(record.value) };
}

/** Turns a failure that crossed as data into an exception. */
function unwrap<T>(outcome: T | native.BindingFailure): T {
  if (isFailure(outcome)) {
    throw new EngineError(engineErrorCode(outcome.failureCode), outcome.message, outcome.field, outcome.known);
  }
  return outcome;
}

function isFailure(outcome: unknown): outcome is native.BindingFailure {
  return typeof outcome === 'object' && outcome !== null && 'failureCode' in outcome;
}

function engineErrorCode(code: string): EngineErrorCode {
  return ENGINE_ERROR_CODES.find((known) => known === code) ?? 'internal';
}
