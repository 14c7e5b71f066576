import type { Movie } from '../../store/movie-store';
import type { RecordStore } from '../../store/record-store';
import { days } from '../../tmdb/dates';

const COLLECTION = 'staged_films';
/** What was fetched longer ago is fetched again. */
const MAX_AGE_MS = days(7);

interface StagedBatch {
  /** Language of the texts. */
  language: string;
  movies: Movie[];
}

/** Films of a catalogue under construction, kept durably aside, so that an interrupted reset goes on where it was. */
export class Staging {
  private constructor(
    private readonly records: RecordStore,
    private readonly language: string,
    private readonly films: Map<number, Movie>,
  ) {}

  /** What earlier runs left; films in another language or too old are dropped. */
  static async open(records: RecordStore, language: string, now = Date.now()): Promise<Staging> {
    const films = new Map<number, Movie>();
    for (const { key, value, updated_at } of await records.list(COLLECTION)) {
      const batch = value as StagedBatch;
      if (batch.language !== language || now - Date.parse(updated_at) > MAX_AGE_MS)
        await records.delete(COLLECTION, key);
      else for (const movie of batch.movies) films.set(movie.tmdb_id, movie);
    }
    return new Staging(records, language, films);
  }

  has(id: number): boolean {
    return this.films.has(id);
  }

  get(id: number): Movie | undefined {
    return this.films.get(id);
  }

  async add(movies: Movie[]): Promise<void> {
    const batch: StagedBatch = { language: this.language, movies };
    await this.records.put(COLLECTION, `${movies[0]?.tmdb_id}-${movies[0]?.fetched_at}`, batch);
    for (const movie of movies) this.films.set(movie.tmdb_id, movie);
  }

  async clear(): Promise<void> {
    for (const { key } of await this.records.list(COLLECTION)) await this.records.delete(COLLECTION, key);
    this.films.clear();
  }
}
