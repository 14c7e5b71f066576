import type {
  Answer,
  FetchTime,
  Filters,
  Hit,
  Include,
  ListRequest,
  Movie,
  MoviePage,
  MovieReference,
  MovieStore,
  RecommendRequest,
  Resolution,
  SearchRequest,
  StoredRecord,
  StoreStatus,
  Suggestion,
  UpsertReport,
} from '../../src/store/movie-store';
import type { RecordStore } from '../../src/store/record-store';
import { catalogueEmpty, StoreError } from '../../src/store/store-error';
import type { Stores } from '../../src/store/stores';
import { facetsOf, matches, refuseUnknownValues, sortMovies } from './filters';
import { checkList, checkRecommend, checkSearch } from './refusals';
import { fold, foldTitle, nearness, overlap, words } from './text';

/** A store in memory whose scores are the share of words in common: for tests of what stands on the interface. */
export class FakeMovieStore implements MovieStore {
  readonly records: RecordStore = new FakeRecordStore();
  private movies = new Map<number, Movie>();
  private generation = 0;
  private closed = false;

  constructor(movies: readonly Movie[] = []) {
    this.movies = new Map(movies.map((movie) => [movie.tmdb_id, movie]));
  }

  /** This store with its records, as whoever opens stores has them. */
  stores(): Stores {
    return { movies: this, records: this.records, close: () => this.close() };
  }

  isEmpty(): boolean {
    return this.movies.size === 0;
  }

  status(): StoreStatus {
    return {
      films: this.movies.size,
      generation: this.generation,
      model: { name: 'fake', fingerprint: 'fake', dimensions: 1, precision: 'none' },
      pending: 0,
      details: {},
    };
  }

  async search(request: SearchRequest): Promise<Answer> {
    checkSearch(request);
    const asked = words(request.text);
    return this.rank(request, new Set(), (movie) => overlap(asked, words(textOf(movie))));
  }

  async recommend(request: RecommendRequest): Promise<Answer> {
    checkRecommend(request);
    this.filled();
    const liked = request.liked.map((id) => this.known(id));
    const disliked = (request.disliked ?? []).map((id) => this.known(id));
    const likeness = (movie: Movie, to: Movie[]) =>
      to.reduce((sum, each) => sum + overlap(words(textOf(each)), words(textOf(movie))), 0) / Math.max(to.length, 1);
    const own = new Set(request.same_collection ? [] : liked.flatMap(({ collection }) => collection ?? []));
    const hidden = [...liked, ...disliked, ...this.all().filter(({ collection }) => own.has(collection ?? ''))];
    return this.rank(request, new Set(hidden.map(({ tmdb_id }) => tmdb_id)), (movie) =>
      liked.length > 0 ? likeness(movie, liked) - likeness(movie, disliked) / 2 : 1 - likeness(movie, disliked),
    );
  }

  async resolve(references: readonly MovieReference[]): Promise<Resolution[]> {
    this.open();
    return references.map((reference) => this.resolveOne(reference));
  }

  async suggest(prefix: string, limit: number): Promise<Suggestion[]> {
    const start = foldTitle(prefix);
    return this.all()
      .filter(({ title }) => foldTitle(title).startsWith(start))
      .slice(0, limit)
      .map(suggestionOf);
  }

  async get(id: number): Promise<Movie | undefined> {
    this.open();
    return this.movies.get(id);
  }

  async list(request: ListRequest): Promise<MoviePage> {
    checkList(request);
    const { filters, sort, descending, limit, offset, facets } = request;
    const passing = this.passing(filters);
    const movies = sortMovies(passing, sort, descending).slice(offset, offset + limit);
    return { movies, total: passing.length, ...(facets && { facets: facetsOf(passing) }) };
  }

  async fetchTimes(): Promise<FetchTime[]> {
    return this.all().map(({ tmdb_id, fetched_at }) => ({ id: tmdb_id, ...(fetched_at && { fetched_at }) }));
  }

  async upsert(movies: readonly Movie[]): Promise<UpsertReport> {
    this.open();
    const report: UpsertReport = { inserted: [], updated: [], touched: [], unchanged: [], deleted: [] };
    for (const movie of movies) {
      report[changeOf(this.movies.get(movie.tmdb_id), movie)].push(movie.tmdb_id);
      this.movies.set(movie.tmdb_id, movie);
    }
    this.generation += 1;
    return report;
  }

  async delete(ids: readonly number[]): Promise<number> {
    this.open();
    this.generation += 1;
    return ids.filter((id) => this.movies.delete(id)).length;
  }

  async replaceAll(movies: readonly Movie[]): Promise<UpsertReport> {
    const kept = new Set(movies.map(({ tmdb_id }) => tmdb_id));
    const deleted = [...this.movies.keys()].filter((id) => !kept.has(id));
    await this.delete(deleted);
    return { ...(await this.upsert(movies)), deleted };
  }

  async close(): Promise<void> {
    this.closed = true;
  }

  private open(): void {
    if (this.closed) throw new StoreError('closed', 'the engine is closed');
  }

  private filled(): void {
    this.open();
    if (this.movies.size === 0) throw catalogueEmpty();
  }

  private all(): Movie[] {
    this.open();
    return [...this.movies.values()].sort((a, b) => a.tmdb_id - b.tmdb_id);
  }

  private known(id: number): Movie {
    const movie = this.movies.get(id);
    if (!movie) throw new StoreError('film_not_found', `no film has the id ${id}`);
    return movie;
  }

  private passing(filters: Filters | undefined): Movie[] {
    const movies = this.all();
    refuseUnknownValues(movies, filters);
    return movies.filter((movie) => matches(movie, filters));
  }

  private rank(
    request: SearchRequest | RecommendRequest,
    hidden: ReadonlySet<number>,
    scoreOf: (movie: Movie) => number,
  ): Answer {
    this.filled();
    const passing = this.passing(request.filters).filter(({ tmdb_id }) => !hidden.has(tmdb_id));
    const ranked = passing
      .map((movie) => ({ movie, score: scoreOf(movie) }))
      .sort((a, b) => b.score - a.score || a.movie.tmdb_id - b.movie.tmdb_id);
    const from = request.offset ?? 0;
    return {
      hits: ranked.slice(from, from + request.limit).map(({ movie, score }) => hitOf(movie, score, request.include)),
      total: passing.length,
      ...(request.include?.facets && { facets: facetsOf(passing) }),
      ...(request.diversity !== undefined && { intra_list_distance: request.diversity / 2 }),
    };
  }

  private resolveOne(reference: MovieReference): Resolution {
    if (typeof reference === 'number') {
      const movie = this.movies.get(reference);
      return { reference, ...(movie && { movie: suggestionOf(movie) }), suggestions: [] };
    }
    const [, title = reference, year] = /^(.*?)\s*\((\d{4})\)$/.exec(reference) ?? [];
    const near = this.all()
      .filter((movie) => year === undefined || movie.year === Number(year))
      .map((movie) => ({ movie, distance: nearness(title, movie) }))
      .sort((a, b) => a.distance - b.distance || (b.movie.vote_count ?? 0) - (a.movie.vote_count ?? 0));
    const best = near[0];
    const found =
      best && best.distance <= Math.min(2, Math.floor(foldTitle(title).length / 5)) ? best.movie : undefined;
    return found
      ? { reference, movie: suggestionOf(found), suggestions: [] }
      : { reference, suggestions: near.slice(0, 5).map(({ movie }) => suggestionOf(movie)) };
  }
}

/** Records in memory. */
export class FakeRecordStore implements RecordStore {
  private readonly collections = new Map<string, Map<string, StoredRecord>>();

  async get(collection: string, key: string): Promise<StoredRecord | undefined> {
    return this.collections.get(collection)?.get(key);
  }

  async list(collection: string): Promise<StoredRecord[]> {
    const records = [...(this.collections.get(collection)?.values() ?? [])];
    return records.sort((a, b) => (a.key < b.key ? -1 : 1));
  }

  async put(collection: string, key: string, value: unknown): Promise<void> {
    const records = this.collections.get(collection) ?? new Map<string, StoredRecord>();
    records.set(key, { key, value: structuredClone(value), updated_at: new Date().toISOString() });
    this.collections.set(collection, records);
  }

  async delete(collection: string, key: string): Promise<boolean> {
    return this.collections.get(collection)?.delete(key) ?? false;
  }
}

function textOf({ title, overview, tagline, genres, directors, cast, keywords }: Movie): string {
  return [title, overview, tagline ?? '', ...genres, ...directors, ...cast, ...keywords].join(' ');
}

function changeOf(old: Movie | undefined, movie: Movie): keyof UpsertReport {
  if (!old) return 'inserted';
  if (textOf(old) !== textOf(movie)) return 'updated';
  const content = (of: Movie) => JSON.stringify({ ...of, fetched_at: undefined });
  return content(old) === content(movie) ? 'unchanged' : 'touched';
}

function suggestionOf({ tmdb_id, title, year }: Movie): Suggestion {
  return { id: tmdb_id, title, ...(year !== undefined && { year }) };
}

function hitOf(movie: Movie, score: number, include: Include | undefined): Hit {
  const { tmdb_id: id, title } = movie;
  const explanation = {
    sentence: `${title} shares words with the question.`,
    parts: [{ part: 'words' as const, score }],
    matched_words: [...words(fold(title))],
    shared_people: movie.directors,
    shared_keywords: movie.keywords,
    shared_genres: movie.genres,
  };
  return { id, title, score, ...(include?.details && { movie }), ...(include?.explanation && { explanation }) };
}
