// Written by `npm run contract` from the Rust sources (crates/cinematch-core/src/query/); edit those.

/** One film with all its metadata. Empty lists and `None` mean "not known". */
export type Movie = {
  /** TMDB id. */
  tmdb_id: number,
  /** `IMDb` id (`tt0120338`). */
  imdb_id?: string | undefined,
  /** Title in the catalogue's language. */
  title: string,
  /** Title in the film's own language. */
  original_title?: string | undefined,
  /** Other titles under which the film is known. */
  alternative_titles?: Array<string> | undefined,
  /** First release, `YYYY-MM-DD`. */
  release_date?: string | undefined,
  /** Year of the first release. */
  year?: number | undefined,
  /** Plot in a few sentences. */
  overview: string,
  /** Advertising line. */
  tagline?: string | undefined,
  /** Genres (`Science Fiction`). */
  genres: Array<string>,
  /** Directors. */
  directors: Array<string>,
  /** Actors in billing order. */
  cast: Array<string>,
  /** Themes and facts (`time travel`). */
  keywords: Array<string>,
  /** Minutes. */
  runtime?: number | undefined,
  /** Mean vote, 0 to 10. */
  vote_average?: number | undefined,
  /** Number of votes. */
  vote_count?: number | undefined,
  /** TMDB's popularity figure. */
  popularity?: number | undefined,
  /** ISO 639-1 code of the original language. */
  original_language?: string | undefined,
  /** ISO 3166-1 alpha-2 codes of the production countries. */
  countries?: Array<string> | undefined,
  /** The series of films that this one belongs to (`The Matrix Collection`). */
  collection?: string | undefined,
  /** Path of the poster at TMDB's image server. */
  poster_path?: string | undefined,
  /** Path of the backdrop at TMDB's image server. */
  backdrop_path?: string | undefined,
  /** When the film was fetched from its source, RFC 3339. */
  fetched_at?: string | undefined,
};

/** A closed interval; a missing bound is open. A film that lacks the value fails any bounded range. */
export type NumberRange = {
  /** Smallest value that passes. */
  min?: number | undefined,
  /** Largest value that passes. */
  max?: number | undefined,
};

/** Conditions on a set of names; names compare without case, accents and punctuation. */
export type TermFilter = {
  /** At least one of these. */
  any?: Array<string> | undefined,
  /** All of these. */
  all?: Array<string> | undefined,
  /** None of these. */
  none?: Array<string> | undefined,
};

/** What a film must satisfy to be a hit. The default lets every film pass. */
export type Filters = {
  /** Year of release. */
  year?: NumberRange | undefined,
  /** Mean vote, 0 to 10. */
  rating?: NumberRange | undefined,
  /** Number of votes. */
  votes?: NumberRange | undefined,
  /** Minutes. */
  runtime?: NumberRange | undefined,
  /** Genres. */
  genres?: TermFilter | undefined,
  /** Original languages (ISO 639-1). */
  languages?: TermFilter | undefined,
  /** Production countries (ISO 3166-1 alpha-2). */
  countries?: TermFilter | undefined,
  /** Directors. */
  directors?: TermFilter | undefined,
  /** Actors. */
  cast?: TermFilter | undefined,
  /** Keywords. */
  keywords?: TermFilter | undefined,
  /** Films that are never hits, by TMDB id. */
  exclude?: Array<number> | undefined,
};

/** How the films of a search are found. */
export type SearchMode = "hybrid" | "semantic" | "lexical";

/** Optional parts of an answer. */
export type Include = {
  /** The whole film with every hit. */
  details?: boolean | undefined,
  /** Why every hit is there. */
  explanation?: boolean | undefined,
  /** Counts of years, genres, … over the films that pass the filters. */
  facets?: boolean | undefined,
};

/** A question in words. */
export type SearchRequest = {
  /** The words, not all blank; how many characters, `LIMITS` says. */
  text: string,
  /** Words of the text that the caller knows to be genres or keywords (the tags of a vibe). */
  tags?: Array<string> | undefined,
  /** How to search; hybrid by default. */
  mode?: SearchMode | undefined,
  /** How many hits, 1 to 100. */
  limit: number,
  /** How many hits to leave out at the front; `offset + limit` is at most 1,000. */
  offset?: number | undefined,
  /** What hits must satisfy. */
  filters?: Filters | undefined,
  /** 0 (none) to 1: trade relevance for variety (maximal marginal relevance). */
  diversity?: number | undefined,
  /** What to add. */
  include?: Include | undefined,
};

/** A question by example: films liked and disliked. */
export type RecommendRequest = {
  /** Films liked, by TMDB id, oldest first. One film here asks for films similar to it. */
  liked: Array<number>,
  /** Films disliked. */
  disliked?: Array<number> | undefined,
  /** Whether films of the liked films' series may be hits. Where this is not said, collections may not, and of series that the catalogue
   * does not name, only that of a single liked film may not. */
  same_collection?: boolean | undefined,
  /** How many hits, 1 to 100. */
  limit: number,
  /** How many hits to leave out at the front; `offset + limit` is at most 1,000. */
  offset?: number | undefined,
  /** What hits must satisfy. */
  filters?: Filters | undefined,
  /** 0 (none) to 1: trade relevance for variety (maximal marginal relevance). */
  diversity?: number | undefined,
  /** What to add. */
  include?: Include | undefined,
};

/** What films are listed by. */
export type SortKey = "popularity" | "rating" | "votes" | "year" | "title" | "id";

/** A list of films. */
export type ListRequest = {
  /** Which films. */
  filters?: Filters | undefined,
  /** In which order. */
  sort: SortKey,
  /** Largest first. */
  descending: boolean,
  /** How many films. */
  limit: number,
  /** How many films to leave out at the front. */
  offset: number,
  /** Whether to count values. */
  facets?: boolean | undefined,
};

/** A film as people name it. */
export type MovieReference = string | number;

/** What a score is made of: of a search meaning, words, names, hints and popularity, of a recommendation likeness, popularity, years, rating
 * and dislike. */
export type PartName = "meaning" | "words" | "names" | "hints" | "popularity" | "likeness" | "years" | "rating" | "dislike";

/** What one part added to a score. */
export type Part = {
  /** Which one. */
  part: PartName,
  /** How much. */
  score: number,
};

/** Why a hit is there, after a search or a recommendation. */
export type Explanation = {
  /** One sentence for a person. */
  sentence: string,
  /** What each part added to the score, largest first. */
  parts: Array<Part>,
  /** The liked film that brought this hit. */
  because_of?: number | undefined,
  /** Words of the question found in the film. */
  matched_words: Array<string>,
  /** People shared with the question or with the liked films. */
  shared_people: Array<string>,
  /** Keywords shared. */
  shared_keywords: Array<string>,
  /** Genres shared. */
  shared_genres: Array<string>,
};

/** A film with a score, higher is better. */
export type Hit = {
  /** TMDB id. */
  id: number,
  /** Its title. */
  title: string,
  /** Cosine (semantic) or relevance in [0, 1]. */
  score: number,
  /** On request. */
  movie?: Movie | undefined,
  /** On request. */
  explanation?: Explanation | undefined,
};

/** How many films have a value. */
export type FacetValue = {
  /** The value. */
  value: string,
  /** Films that have it. */
  count: number,
};

/** Counts of one field over the films that pass the filters. */
export type Facet = {
  /** Name of the field. */
  field: string,
  /** By falling count. */
  values: Array<FacetValue>,
};

/** Answer to a search or a recommendation. */
export type Answer = {
  /** Best first. */
  hits: Array<Hit>,
  /** Films that pass the filters. */
  total: number,
  /** On request. */
  facets?: Array<Facet> | undefined,
  /** Mean of `1 - cosine` over the pairs of hits; given where `diversity` was asked for. */
  intra_list_distance?: number | undefined,
};

/** A film in a list of titles. */
export type Suggestion = {
  /** TMDB id. */
  id: number,
  /** Its title. */
  title: string,
  /** Year of release. */
  year?: number | undefined,
};

/** What a reference means. */
export type Resolution = {
  /** As it was given. */
  reference: MovieReference,
  /** The film, where one fits. */
  movie?: Suggestion | undefined,
  /** The nearest titles, where none fits. */
  suggestions: Array<Suggestion>,
};

/** One page of a list. */
export type MoviePage = {
  /** The films, whole. */
  movies: Array<Movie>,
  /** How many pass the filters. */
  total: number,
  /** On request. */
  facets?: Array<Facet> | undefined,
};

/** What a change did, by TMDB id. Every film named here is stored durably. */
export type UpsertReport = {
  /** New films. */
  inserted: Array<number>,
  /** Films whose text changed and was embedded again. */
  updated: Array<number>,
  /** Films of which only other metadata changed. */
  touched: Array<number>,
  /** Films that were the same. */
  unchanged: Array<number>,
  /** Films deleted because the new catalogue does not have them. */
  deleted: Array<number>,
};

/** When a film was fetched from its source. */
export type FetchTime = {
  /** TMDB id. */
  id: number,
  /** RFC 3339, where it is known. */
  fetched_at?: string | undefined,
};

/** One record. */
export type StoredRecord = {
  /** Unique in its collection. */
  key: string,
  /** What the service keeps. */
  value: unknown,
  /** When it was last written, RFC 3339. */
  updated_at: string,
};

/** The model that answers. */
export type ModelStatus = {
  /** Its name. */
  name: string,
  /** Changes with everything that changes its vectors. */
  fingerprint: string,
  /** Length of its vectors. */
  dimensions: number,
  /** `int8` or `f32`. */
  precision: string,
};

/** The state of a store. */
export type StoreStatus = {
  /** Films that can be found. */
  films: number,
  /** Grows with every change of the catalogue. */
  generation: number,
  /** The model that answers. */
  model: ModelStatus,
  /** Films that still lack a vector of the wanted model. */
  pending: number,
  /** What is worth knowing of this kind of store: versions, threads, indexes, notices of the start. */
  details: { [key in string]: string },
};

/** Where the engine finds its files, and how many threads it may use. */
export type EngineSettings = {
  /** Directory of the catalogue and its indexes; created where it is missing. */
  data_dir: string,
  /** Who opens it (`serve`, `import`); told to a second process that wants it. */
  role: string,
  /** A model's name (`fast`, `quality`) or a folder that holds one. */
  model: string,
  /** Folder that holds the models. */
  model_dir: string,
  /** Absolute path of ONNX Runtime's shared library. */
  runtime_library: string,
  /** Threads (and model sessions) for questions; 0, the default, is one per core. */
  query_threads?: number | undefined,
  /** Threads (and model sessions) for embedding films; 0, the default, is one per core. */
  bulk_threads?: number | undefined,
  /** From how many films on a graph is built beside the scan of the vectors; normally
   * [`GRAPH_THRESHOLD`]. */
  graph_threshold?: number | undefined,
};

/** An error as data, for callers in other languages. */
export type Failure = {
  /** One of [`EngineError::CODES`]. */
  code: (typeof FAILURE_CODES)[number],
  /** What was wrong, where, and what would be right. */
  message: string,
  /** The field of the request that is wrong. */
  field?: string | undefined,
  /** Values that would have been right. */
  known?: Array<string> | undefined,
};

/** The bounds of requests. */
export const LIMITS = {
  "hits": 100,
  "reach": 1000,
  "examples": 100,
  "characters": 10000,
  "diversity": {
    "min": 0.0,
    "max": 1.0
  }
} as const;

/** Every way to search. */
export const SEARCH_MODES = [
  "hybrid",
  "semantic",
  "lexical"
] as const;

/** Everything that films can be listed by. */
export const SORT_KEYS = [
  "popularity",
  "rating",
  "votes",
  "year",
  "title",
  "id"
] as const;

/** The filters by numbers. */
export const NUMBER_FILTERS = [
  "year",
  "rating",
  "votes",
  "runtime"
] as const;

/** The filters by names. */
export const TERM_FILTERS = [
  "genres",
  "languages",
  "countries",
  "directors",
  "cast",
  "keywords"
] as const;

/** Every code of a failure. */
export const FAILURE_CODES = [
  "invalid_argument",
  "unknown_value",
  "catalogue_empty",
  "film_not_found",
  "runtime_unavailable",
  "model_missing",
  "model_damaged",
  "embedding_failed",
  "data_dir_locked",
  "catalogue_too_new",
  "catalogue_damaged",
  "storage_failed",
  "index_failed",
  "overloaded",
  "closed",
  "internal"
] as const;
