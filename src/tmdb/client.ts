import type { z } from 'zod';
import type { Movie } from '../store/movie-store';
import { toMovie, withEnglishTexts } from './mapper';
import { RateLimiter } from './rate-limiter';
import { backoff, MAX_RETRY_AFTER_MS, retryAfterMs } from './retry';
import { settingsProblem, type TmdbSettings } from './settings';
import { sleep } from './sleep';
import { cancelled, TmdbError } from './tmdb-error';
import { type Query, type RawAnswer, Transport } from './transport';
import {
  APPENDED,
  changesPageSchema,
  type DiscoverPage,
  discoverPageSchema,
  errorSchema,
  genreListSchema,
  movieDetailsSchema,
  movieSchema,
} from './wire';

/** TMDB's codes for a thing that does not exist: 34 resource, 6 id. A 404 without one comes from something in between. */
const NOT_FOUND_CODES = [34, 6];
const FALLBACK_LANGUAGE = 'en-US';

/** A failed attempt: the error it ends in where no other attempt follows, and whether one may. */
interface Failure {
  error: TmdbError;
  again: boolean;
}

/** Parts that tests replace. */
interface ClientParts {
  limiter?: Pick<RateLimiter, 'acquire' | 'release' | 'pause'>;
  random?: () => number;
}

/** The few questions that are asked of TMDB; every method rejects with a TmdbError. */
export class TmdbClient {
  private readonly transport: Transport;
  private readonly limiter: Pick<RateLimiter, 'acquire' | 'release' | 'pause'>;
  private readonly random: () => number;

  /** Throws an unauthorised TmdbError where the key is missing or malformed, a RangeError where the rate is not allowed. */
  constructor(
    private readonly settings: TmdbSettings,
    parts: ClientParts = {},
  ) {
    const problem = settingsProblem(settings);
    if (problem !== undefined) throw new RangeError(problem);
    this.transport = new Transport(settings);
    this.limiter = parts.limiter ?? new RateLimiter(settings.rate, settings.concurrency);
    this.random = parts.random ?? Math.random;
  }

  /** Requests that run side by side; more callers than that only wait. */
  get concurrency(): number {
    return this.settings.concurrency;
  }

  get language(): string {
    return this.settings.language;
  }

  /** One page (1 to 500) of `/discover/movie`; `query` has its parameters. */
  discover(query: Query, signal?: AbortSignal): Promise<DiscoverPage> {
    const whole = { include_adult: false, include_video: false, language: this.settings.language, ...query };
    return this.get('/discover/movie', whole, discoverPageSchema, signal);
  }

  /** One page of the ids of the films changed from `from` to `to` (YYYY-MM-DD, at most 14 days apart). */
  changes(from: string, to: string, page: number, signal?: AbortSignal): Promise<z.infer<typeof changesPageSchema>> {
    return this.get('/movie/changes', { start_date: from, end_date: to, page }, changesPageSchema, signal);
  }

  /** Genres with their names in `language`. */
  async genres(language: string, signal?: AbortSignal): Promise<{ id: number; name: string }[]> {
    return (await this.get('/genre/movie/list', { language }, genreListSchema, signal)).genres;
  }

  /**
   * A film in the configured language. Only a film without an overview in it costs a second, small request for the English
   * one: appending all translations would make every answer several times larger for the few that need it.
   */
  async movie(id: number, signal?: AbortSignal): Promise<Movie> {
    const { language } = this.settings;
    const details = await this.get(
      `/movie/${id}`,
      { language, append_to_response: APPENDED.join(',') },
      movieDetailsSchema,
      signal,
    );
    const movie = toMovie(details, new Date().toISOString());
    if (details.id !== id || movie === undefined) {
      throw new TmdbError('bad_response', `TMDB's answer for film ${id} is of another film or has no title.`);
    }
    if (movie.overview !== '' || language.startsWith('en')) return movie;
    return withEnglishTexts(
      movie,
      await this.get(`/movie/${id}`, { language: FALLBACK_LANGUAGE }, movieSchema, signal),
    );
  }

  /** Ends every connection; requests under way fail. */
  close(): Promise<void> {
    return this.transport.close();
  }

  private async get<T>(path: string, query: Query, schema: z.ZodType<T>, signal?: AbortSignal): Promise<T> {
    const body = await this.answer(path, query, signal);
    const parsed = schema.safeParse(body);
    if (parsed.success) return parsed.data;
    const issue = parsed.error.issues[0];
    throw new TmdbError(
      'bad_response',
      `TMDB's answer to ${path} is not as expected: ${issue?.path.join('.')}: ${issue?.message}.`,
    );
  }

  /** The JSON of a successful answer, after as many attempts as are allowed. */
  private async answer(path: string, query: Query, signal?: AbortSignal): Promise<unknown> {
    for (let attempt = 1; ; attempt += 1) {
      const result = await this.attempt(path, query, signal);
      if ('body' in result) return result.body;
      if (!result.again || attempt >= this.settings.attempts) throw result.error;
      await sleep(this.delay(attempt, result.error), signal);
    }
  }

  private delay(attempt: number, error: TmdbError): number {
    const wait = backoff(attempt, this.settings.backoffMs, this.random());
    return error.retryAfter === undefined ? wait : error.retryAfter * 1_000 + wait;
  }

  private async attempt(path: string, query: Query, signal?: AbortSignal): Promise<{ body: unknown } | Failure> {
    await this.limiter.acquire(signal);
    const deadline = new AbortController();
    const onAbort = () => deadline.abort();
    const timer = setTimeout(onAbort, this.settings.requestTimeoutMs);
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      const answer = await this.transport.get(path, query, deadline.signal);
      const result = judge(path, answer);
      if ('error' in result && result.again && result.error.retryAfter !== undefined) {
        this.limiter.pause(result.error.retryAfter * 1_000);
      }
      return result;
    } catch (error) {
      if (signal?.aborted) throw cancelled();
      return { error: unreachable(path, error, deadline.signal.aborted), again: true };
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      this.limiter.release();
    }
  }
}

function judge(path: string, answer: RawAnswer): { body: unknown } | Failure {
  const body = parse(answer.body);
  const { status } = answer;
  if (status === 200 && body !== undefined) return { body };
  const refusal = errorSchema.safeParse(body);
  const statusMessage = refusal.success ? refusal.data.status_message : undefined;
  const details = { status, statusMessage };
  const said = statusMessage ?? `HTTP ${status}`;
  if (status === 401 || status === 403) {
    return { error: new TmdbError('unauthorised', `TMDB refused the key: ${said}`, details), again: false };
  }
  if (refusal.success && status === 404 && NOT_FOUND_CODES.includes(refusal.data.status_code)) {
    return { error: new TmdbError('not_found', `TMDB has no ${path}: ${said}`, details), again: false };
  }
  if (status === 429) return rateLimited(said, details, answer.retryAfter);
  if (status >= 500)
    return { error: new TmdbError('unavailable', `TMDB failed on ${path}: ${said}`, details), again: true };
  if (body === undefined) {
    const error = new TmdbError(
      'bad_response',
      `The answer to ${path} (HTTP ${status}) is not JSON or was cut off.`,
      details,
    );
    return { error, again: true };
  }
  return { error: new TmdbError('bad_response', `TMDB refused ${path}: ${said}`, details), again: false };
}

function rateLimited(
  said: string,
  details: { status: number; statusMessage: string | undefined },
  header: string | undefined,
): Failure {
  const wait = retryAfterMs(header, Date.now());
  const retryAfter = wait === undefined ? undefined : wait / 1_000;
  const error = new TmdbError('rate_limited', `TMDB allows no more requests for now: ${said}`, {
    ...details,
    retryAfter,
  });
  return { error, again: wait === undefined || wait <= MAX_RETRY_AFTER_MS };
}

/** Only the error's code is told: undici's messages may quote what was sent. */
function unreachable(path: string, error: unknown, timedOut: boolean): TmdbError {
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code === 'string' && code.startsWith('Z_')) {
    return new TmdbError('bad_response', `The answer to ${path} is not valid gzip or was cut off.`);
  }
  const reason = timedOut
    ? 'no whole answer in time'
    : typeof code === 'string'
      ? code
      : 'the answer could not be read';
  return new TmdbError('unavailable', `TMDB did not answer ${path}: ${reason}.`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
