import { TmdbError } from './tmdb-error';

/** TMDB's own limit is "somewhere in the 40 requests per second range" (developer.themoviedb.org/docs/rate-limiting). */
export const MAX_REQUESTS_PER_SECOND = 40;

/** How to reach TMDB and how hard to lean on it. */
export interface TmdbSettings {
  /** v3 API key or v4 read access token, told apart by their form; empty where none is configured. */
  apiKey: string;
  /** With the version, without a slash at the end. */
  baseUrl: string;
  /** Language of titles and overviews: ISO 639-1, optionally with a country (`de-DE`). */
  language: string;
  /** Requests in any one second. */
  rate: number;
  /** Requests under way at a time. */
  concurrency: number;
  connectTimeoutMs: number;
  /** Until the first byte of the answer, and between two pieces of its body. */
  idleTimeoutMs: number;
  /** For one attempt, from start to end. */
  requestTimeoutMs: number;
  /** Attempts at one request, the first included. */
  attempts: number;
  /** The first wait before another attempt is drawn from 0 to this; it doubles each time. */
  backoffMs: number;
}

export const DEFAULT_TMDB_SETTINGS: Readonly<TmdbSettings> = {
  apiKey: '',
  baseUrl: 'https://api.themoviedb.org/3',
  language: 'en-US',
  rate: 30,
  concurrency: 8,
  connectTimeoutMs: 5_000,
  idleTimeoutMs: 10_000,
  requestTimeoutMs: 30_000,
  attempts: 6,
  backoffMs: 500,
};

/**
 * Why the settings cannot be used, or nothing. TMDB counts a request when it arrives, and at any moment as many requests
 * as run concurrently may still be on their way: rate and concurrency together have to stay within its limit.
 */
export function settingsProblem(settings: Pick<TmdbSettings, 'rate' | 'concurrency'>): string | undefined {
  const { rate, concurrency } = settings;
  if (![rate, concurrency].every((value) => Number.isInteger(value) && value >= 1)) {
    return 'The TMDB rate and concurrency have to be whole numbers, at least 1.';
  }
  if (rate + concurrency > MAX_REQUESTS_PER_SECOND) {
    return `A TMDB rate of ${rate} with ${concurrency} concurrent requests could put more than ${MAX_REQUESTS_PER_SECOND} requests into one second; their sum has to be at most ${MAX_REQUESTS_PER_SECOND}.`;
  }
  return undefined;
}

/** How a request proves who asks: a v4 token is a JWT (three parts joined by dots) and goes into a header, a v3 key is a parameter. */
export function credentials(apiKey: string): { header?: string; parameter?: string } {
  const key = apiKey.trim();
  if (key === '') throw new TmdbError('unauthorised', 'No TMDB key is configured (TMDB_API_KEY is empty).');
  if (!/^[\x21-\x7e]+$/.test(key)) {
    throw new TmdbError(
      'unauthorised',
      'The TMDB key holds spaces or characters that no key has; it may be cut or wrongly quoted.',
    );
  }
  return /^[^.]+\.[^.]+\.[^.]+$/.test(key) ? { header: `Bearer ${key}` } : { parameter: key };
}
