import type {
  Answer,
  FetchTime,
  ListRequest,
  Movie,
  MoviePage,
  MovieReference,
  RecommendRequest,
  Resolution,
  SearchRequest,
  StoreStatus,
  Suggestion,
  UpsertReport,
} from './contract.generated';

export type * from './contract.generated';

/** How films are stored. */
export interface UpsertOptions {
  /** Embed at low priority, on all cores but one. */
  background?: boolean;
}

/**
 * A catalogue that can be searched. Every method rejects with a StoreError whose `code` is stable. Requests are refused with
 * `invalid_argument` where a field is unknown or wrong. One contract test suite holds for every implementation.
 */
export interface MovieStore {
  /** For reports: while films are embedded again it counts them in the database. */
  status(): StoreStatus;
  /** Whether there is no film to answer with. Cheap enough for every request. */
  isEmpty(): boolean;
  search(request: SearchRequest): Promise<Answer>;
  recommend(request: RecommendRequest): Promise<Answer>;
  /** In the order of the references. */
  resolve(references: readonly MovieReference[]): Promise<Resolution[]>;
  suggest(prefix: string, limit: number): Promise<Suggestion[]>;
  get(id: number): Promise<Movie | undefined>;
  list(request: ListRequest): Promise<MoviePage>;
  /** All films stored, with when they were fetched. */
  fetchTimes(): Promise<FetchTime[]>;
  upsert(movies: readonly Movie[], options?: UpsertOptions): Promise<UpsertReport>;
  /** How many there were. */
  delete(ids: readonly number[]): Promise<number>;
  /** Makes `movies` the whole catalogue in one consistent step, after embedding them aside; until then the old one answers. */
  replaceAll(movies: readonly Movie[], options?: UpsertOptions): Promise<UpsertReport>;
}
