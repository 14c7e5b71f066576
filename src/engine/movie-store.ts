import type { Movie } from './movie';

/** A closed interval; a missing bound is open. */
export interface NumberRange {
  min?: number;
  max?: number;
}

/** Conditions on names, compared without case, accents and punctuation. */
export interface TermFilter {
  any?: string[];
  all?: string[];
  none?: string[];
}

/** What a film must satisfy to be a hit. */
export interface Filters {
  year?: NumberRange;
  rating?: NumberRange;
  votes?: NumberRange;
  runtime?: NumberRange;
  genres?: TermFilter;
  languages?: TermFilter;
  countries?: TermFilter;
  directors?: TermFilter;
  cast?: TermFilter;
  keywords?: TermFilter;
  /** TMDB ids that are never hits. */
  exclude?: number[];
}

export type SearchMode = 'hybrid' | 'semantic' | 'lexical';

/** Optional parts of an answer. */
export interface Include {
  details?: boolean;
  explanation?: boolean;
  facets?: boolean;
}

interface Question {
  /** 1 to 100. */
  limit: number;
  /** `offset + limit` is at most 1,000. */
  offset?: number;
  filters?: Filters;
  /** 0 (off) to 1: variety bought with relevance. */
  diversity?: number;
  include?: Include;
}

/** A question in words. */
export interface SearchRequest extends Question {
  text: string;
  /** Words of the text known to be tags (genres, keywords). */
  tags?: string[];
  mode?: SearchMode;
  /** Leaves one idea out of a hybrid search, to measure what it brings. */
  without?: SearchIdea;
}

/** The ideas that make a hybrid search. */
export const SEARCH_IDEAS = ['meaning', 'words', 'synonyms', 'names', 'hints', 'popularity', 'cleaning'] as const;
export type SearchIdea = (typeof SEARCH_IDEAS)[number];

/** A question by example; one liked film asks for films similar to it. */
export interface RecommendRequest extends Question {
  /** TMDB ids, oldest first. */
  liked: number[];
  disliked?: number[];
  /** Whether films of the liked films' own collections may be hits. */
  sameCollection?: boolean;
}

/** Why a hit is there. */
export interface Explanation {
  sentence: string;
  /** What each part added to the score, largest first. */
  parts: { part: string; score: number }[];
  /** The liked film that brought this hit. */
  becauseOf?: number;
  matchedWords: string[];
  sharedPeople: string[];
  sharedKeywords: string[];
  sharedGenres: string[];
}

export interface Hit {
  id: number;
  title: string;
  score: number;
  movie?: Movie;
  explanation?: Explanation;
}

export interface FacetField {
  field: string;
  values: { value: string; count: number }[];
}

export interface Answer {
  hits: Hit[];
  /** Films that pass the filters. */
  total: number;
  facets?: FacetField[];
  /** Mean of 1 - cosine over the pairs of hits, where diversity was asked for. */
  intraListDistance?: number;
}

/** A title as a person typed it, or a TMDB id. */
export type MovieReference = string | number;

export interface Suggestion {
  id: number;
  title: string;
  year?: number;
}

/** What a reference means: the film, or the nearest titles where none fits. */
export interface Resolution {
  reference: MovieReference;
  movie?: Suggestion;
  suggestions: Suggestion[];
}

export type SortKey = 'popularity' | 'rating' | 'votes' | 'year' | 'title' | 'id';

export interface ListRequest {
  filters?: Filters;
  sort: SortKey;
  descending: boolean;
  limit: number;
  offset: number;
  include?: Pick<Include, 'facets'>;
}

export interface MoviePage {
  movies: Movie[];
  total: number;
  facets?: FacetField[];
}

/** What an upsert did, by TMDB id; every id is stored durably when the promise resolves. */
export interface UpsertReport {
  inserted: number[];
  /** Text changed: embedded again. */
  updated: number[];
  /** Only other metadata changed: stored, not embedded. */
  touched: number[];
  unchanged: number[];
}

export interface StoreStatus {
  /** Searchable films. */
  movies: number;
  /** Grows with every change of the catalogue. */
  generation: number;
  model: { name: string; fingerprint: string; dimensions: number; precision: string };
  /** Films still carrying vectors of another model, being embedded again. */
  pendingReembedding: number;
  vectorIndex: { kind: 'exact' | 'graph'; indexed: number };
  queryThreads: number;
  bulkThreads: number;
  dataDir: string;
  sqliteVersion: string;
  runtimeVersion: string;
  /** What happened at the start that the operator should know. */
  notices: string[];
}

/** One record of the service (API keys, jobs, …) in the same database. */
export interface StoredRecord {
  key: string;
  value: unknown;
  /** RFC 3339. */
  updatedAt: string;
}

/** Named collections of JSON records; a put is durable when its promise resolves. */
export interface RecordStore {
  get(collection: string, key: string): Promise<StoredRecord | undefined>;
  /** By key, ascending. */
  list(collection: string): Promise<StoredRecord[]>;
  put(collection: string, key: string, value: unknown): Promise<void>;
  delete(collection: string, key: string): Promise<boolean>;
}

/**
 * A catalogue that can be searched. Every method rejects with an EngineError whose `code` is stable.
 * One contract test suite holds for every implementation.
 */
export interface MovieStore {
  /** For reports: while films are embedded again it counts them in the database. */
  status(): StoreStatus;
  /** Whether there is no film to answer with. Cheap enough for every request. */
  isEmpty(): boolean;
  search(request: SearchRequest): Promise<Answer>;
  /** Answers in the order of the requests, embedded in parallel. */
  searchBatch(requests: SearchRequest[]): Promise<Answer[]>;
  recommend(request: RecommendRequest): Promise<Answer>;
  /** In the order of the references. */
  resolve(references: MovieReference[]): Promise<Resolution[]>;
  suggest(prefix: string, limit: number): Promise<Suggestion[]>;
  get(id: number): Promise<Movie | undefined>;
  list(request: ListRequest): Promise<MoviePage>;
  /** Ids of the films stored, with when they were fetched (RFC 3339) where known. */
  fetchedAt(): Promise<{ id: number; fetchedAt?: string }[]>;
  /** `background` embeds at low priority on all cores but one. */
  upsert(movies: Movie[], options?: { background?: boolean }): Promise<UpsertReport>;
  /** How many there were. */
  delete(ids: number[]): Promise<number>;
  /** Makes `movies` the whole catalogue in one consistent step, after embedding them aside; until then the old one answers. */
  replaceAll(movies: Movie[], options?: { background?: boolean }): Promise<UpsertReport & { deleted: number[] }>;
  readonly records: RecordStore;
  close(): Promise<void>;
}
