/** A film as the catalogue keeps it. Field names are those of the import format; a missing field means "not known". */
export interface Movie {
  /** TMDB id, the key of the catalogue. */
  tmdb_id: number;
  imdb_id?: string;
  title: string;
  original_title?: string;
  alternative_titles?: string[];
  /** `YYYY-MM-DD`. */
  release_date?: string;
  year?: number;
  overview: string;
  tagline?: string;
  genres: string[];
  directors: string[];
  /** In billing order. */
  cast: string[];
  keywords: string[];
  /** Minutes. */
  runtime?: number;
  /** 0 to 10. */
  vote_average?: number;
  vote_count?: number;
  popularity?: number;
  /** ISO 639-1. */
  original_language?: string;
  /** ISO 3166-1 alpha-2. */
  countries?: string[];
  collection?: string;
  poster_path?: string;
  backdrop_path?: string;
  /** RFC 3339. */
  fetched_at?: string;
}
