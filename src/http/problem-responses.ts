import type { ResponseConfig } from '@asteasolutions/zod-to-openapi';
import { PROBLEM_TYPE, problemSchema } from './problem';

const MEANINGS: Readonly<Record<number, string>> = {
  400: 'The request is malformed: its JSON, or the percent-encoding of its address',
  401: 'The key is missing or wrong',
  404: 'There is no such film or thing',
  409: 'The state of the service does not allow it now',
  413: 'The body is larger than 1 MB',
  415: 'The body is not announced as JSON',
  422: 'A field is missing, unknown or wrong; `errors` names each one',
  429: 'Too many requests; `Retry-After` says when to come back',
  500: 'Something went wrong on the server',
  503: 'No film is indexed yet, or the service cannot answer now',
};

/** Documents problem answers with these statuses; for `responses` of any path. */
export function problemResponses(statuses: readonly number[]): Record<number, ResponseConfig> {
  return Object.fromEntries(
    [...new Set(statuses)].map((status) => [
      status,
      { description: MEANINGS[status] ?? 'A problem', content: { [PROBLEM_TYPE]: { schema: problemSchema } } },
    ]),
  );
}
