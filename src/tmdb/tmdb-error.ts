/** What went wrong with TMDB; stable, and each calls for something else to be done. */
const TMDB_ERROR_KINDS = [
  'unauthorised',
  'rate_limited',
  'not_found',
  'unavailable',
  'bad_response',
  'cancelled',
] as const;

export type TmdbErrorKind = (typeof TMDB_ERROR_KINDS)[number];

const ADVICE: Record<TmdbErrorKind, string> = {
  unauthorised:
    'Set TMDB_API_KEY to a valid v3 key or v4 read access token; both are shown at https://www.themoviedb.org/settings/api.',
  rate_limited:
    'Wait a minute and start again, or lower TMDB_REQUESTS_PER_SECOND; what is stored is not fetched again.',
  not_found: 'The film may have been removed from TMDB; nothing needs to be done.',
  unavailable:
    'Check the network, TMDB_BASE_URL if it is set, and https://status.themoviedb.org, then start again; what is stored is not fetched again.',
  bad_response:
    'Check TMDB_BASE_URL and any proxy on the way; if both are right, TMDB has changed its answer: report it.',
  cancelled: 'Start it again to go on; what is stored is not fetched again.',
};

interface TmdbErrorDetails {
  /** HTTP status of the answer, where there was one. */
  status?: number | undefined;
  /** TMDB's own `status_message`. */
  statusMessage?: string | undefined;
  /** Seconds after which TMDB allows another request. */
  retryAfter?: number | undefined;
}

/** A failure of TMDB or of the way to it. Neither the message nor any field ever carries the key. */
export class TmdbError extends Error {
  override readonly name = 'TmdbError';
  /** What the reader can do about it. */
  readonly advice: string;
  readonly status: number | undefined;
  readonly statusMessage: string | undefined;
  readonly retryAfter: number | undefined;

  constructor(
    readonly kind: TmdbErrorKind,
    message: string,
    details: TmdbErrorDetails = {},
  ) {
    super(message);
    this.advice = ADVICE[kind];
    this.status = details.status;
    this.statusMessage = details.statusMessage;
    this.retryAfter = details.retryAfter;
  }
}

/** The error of an operation that its caller gave up. */
export function cancelled(): TmdbError {
  return new TmdbError('cancelled', 'The work was cancelled.');
}
