/** An answer of the stub. */
export interface Answer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

function refusal(status: number, code: number, message: string, headers?: Record<string, string>): Answer {
  return { status, body: { status_code: code, status_message: message, success: false }, ...(headers && { headers }) };
}

/** TMDB's refusals (developer.themoviedb.org/docs/errors). */
export const INVALID_KEY = refusal(401, 7, 'Invalid API key: You must be granted a valid key.');
export const NOT_FOUND = refusal(404, 34, 'The resource you requested could not be found.');
export const INVALID_PAGE = refusal(
  400,
  22,
  'Invalid page: Pages start at 1 and max at 500. They are expected to be an integer.',
);
export const INVALID_RANGE = refusal(422, 20, 'Invalid date range: Should be a range no longer than 14 days.');
export const TOO_MANY_APPENDED = refusal(
  400,
  27,
  'Too many append to response objects: The maximum number of remote calls is 20.',
);
export const INTERNAL_ERROR = refusal(500, 11, 'Internal error: Something went wrong, contact TMDb.');

export function tooManyRequests(count: number, limit: number, retryAfter: number): Answer {
  const message = `Your request count (${count}) is over the allowed limit of (${limit}).`;
  return refusal(429, 25, message, { 'Retry-After': String(retryAfter) });
}
