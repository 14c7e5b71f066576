import { z } from 'zod';
import type { StoreError, StoreErrorCode } from '../store/store-error';

/** Media type of every error (RFC 9457). */
export const PROBLEM_TYPE = 'application/problem+json';

const fieldErrorSchema = z
  .object({
    in: z.enum(['body', 'query', 'path']).meta({ description: 'Part of the request', example: 'body' }),
    pointer: z.string().meta({ description: 'JSON pointer (RFC 6901) into that part', example: '/filters/year/min' }),
    message: z.string().meta({ description: 'What is wrong with it', example: 'must be a whole number' }),
    known: z
      .array(z.string())
      .optional()
      .meta({ description: 'Known values, where the one given is not among them', example: ['Drama', 'Horror'] }),
  })
  .meta({ id: 'FieldError', description: 'One field that is wrong' });

export type FieldError = z.output<typeof fieldErrorSchema>;

export const problemSchema = z
  .object({
    type: z.string().meta({
      description: 'URI of the kind of problem',
      example: 'urn:problem-type:cinematch:validation_failed',
    }),
    title: z.string().meta({ description: 'The kind of problem in words', example: 'Validation failed' }),
    status: z.int().meta({ description: 'HTTP status', example: 422 }),
    detail: z
      .string()
      .meta({ description: 'What went wrong this time, and what to do about it', example: '/k: must be 100 or less' }),
    code: z
      .string()
      .meta({ description: 'Stable name of the kind of problem, for programs', example: 'validation_failed' }),
    errors: z.array(fieldErrorSchema).optional().meta({ description: 'Every field that is wrong' }),
  })
  .catchall(z.unknown())
  .meta({ id: 'Problem', description: 'An error as RFC 9457 describes it; some codes add members of their own' });

export type ProblemBody = z.output<typeof problemSchema>;

/** What a problem may have beyond its status, code and detail. */
export interface ProblemExtras {
  errors?: FieldError[];
  /** Members of this kind of problem alone. */
  members?: Record<string, unknown>;
  headers?: Record<string, string>;
  /** What it comes from, for the log. */
  cause?: Error;
}

/** An error with the answer that the client gets; `detail` is for them, so it names nothing of this machine. */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem';
  readonly headers: Readonly<Record<string, string>>;
  private readonly extras: ProblemExtras;

  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    extras: ProblemExtras = {},
  ) {
    super(detail, { cause: extras.cause });
    this.extras = extras;
    this.headers = extras.headers ?? {};
  }

  body(): ProblemBody {
    const words = this.code.replaceAll('_', ' ').replace(/\b(json|tmdb)\b/, (name) => name.toUpperCase());
    return {
      type: `urn:problem-type:cinematch:${this.code}`,
      title: words.charAt(0).toUpperCase() + words.slice(1),
      status: this.status,
      detail: this.message,
      code: this.code,
      ...(this.extras.errors && { errors: this.extras.errors }),
      ...this.extras.members,
    };
  }
}

interface StoreProblem {
  status: number;
  /** Replaces the store's own message, which may name paths of this machine. */
  detail?: string;
  retryAfterSeconds?: number;
}

/** What every adapter says of an empty catalogue; the sentence goes on. */
export const CATALOGUE_EMPTY =
  'No film is indexed yet. Fill the catalogue with `npx cinematch import FILE` (films from a file) or ' +
  '`npx cinematch ingest` (films from TMDB)';

const OPERATOR = 'The server log says more; `npx cinematch doctor` on the server checks its parts.';

/** What each failure of a store is to a client. Exhaustive: a new code does not compile until it has its line. */
export const STORE_PROBLEMS: Readonly<Record<StoreErrorCode, StoreProblem>> = {
  invalid_argument: { status: 422 },
  unknown_value: { status: 422 },
  catalogue_empty: {
    status: 503,
    detail: `${CATALOGUE_EMPTY} on the server, or start an update with POST /admin/trigger-update.`,
    retryAfterSeconds: 30,
  },
  film_not_found: { status: 404 },
  runtime_unavailable: { status: 503, detail: `The ONNX Runtime library cannot be loaded. ${OPERATOR}` },
  model_missing: {
    status: 503,
    detail: 'The embedding model is not there. Run `npx cinematch model fetch` on the server.',
  },
  model_damaged: {
    status: 503,
    detail: 'The embedding model is damaged. Run `npx cinematch model fetch` on the server.',
  },
  embedding_failed: { status: 500, detail: `The model could not embed the text. ${OPERATOR}` },
  data_dir_locked: { status: 503, detail: 'Another process of the server holds the catalogue.', retryAfterSeconds: 5 },
  catalogue_too_new: { status: 500, detail: `A newer version of CineMatch wrote the catalogue. ${OPERATOR}` },
  catalogue_damaged: { status: 500, detail: `The catalogue cannot be read. ${OPERATOR}` },
  storage_failed: { status: 500, detail: `The catalogue could not be read or written. ${OPERATOR}` },
  index_failed: { status: 500, detail: `An index failed. ${OPERATOR}` },
  overloaded: { status: 503, retryAfterSeconds: 1 },
  closed: { status: 503, detail: 'The server is stopping.', retryAfterSeconds: 5 },
  internal: { status: 500, detail: `Something went wrong in the engine. ${OPERATOR}` },
};

/** What the fields of the store's requests are called in HTTP, where that is another name. */
const HTTP_NAMES: Readonly<Record<string, string>> = {
  text: 'query',
  limit: 'k',
  liked: 'liked_movies',
  disliked: 'disliked_movies',
};

/** A store's error as a problem; `part` is where the request carries what the error's `field` names. */
export function problemOfStore(error: StoreError, part: 'body' | 'query' = 'body'): HttpProblem {
  const { status, detail, retryAfterSeconds } = STORE_PROBLEMS[error.code];
  const fieldError = fieldErrorOf(error, part);
  const told = fieldError ? `${fieldError.pointer}: ${fieldError.message}` : error.message;
  return new HttpProblem(status, error.code, detail ?? told, {
    cause: error,
    ...(fieldError && { errors: [fieldError] }),
    ...(retryAfterSeconds !== undefined && { headers: { 'Retry-After': String(retryAfterSeconds) } }),
  });
}

function fieldErrorOf({ field, known, message }: StoreError, part: 'body' | 'query'): FieldError | undefined {
  if (field === undefined) return undefined;
  return { in: part, pointer: pointerOf(field, part), message, ...(known && { known: [...known] }) };
}

/** `filters.genres` is `/filters/genres` in a body and `/genres` in a query string. */
function pointerOf(field: string, part: 'body' | 'query'): string {
  const [first = '', ...rest] = field.split('.');
  const path = [HTTP_NAMES[first] ?? first, ...rest];
  return part === 'body' ? `/${path.join('/')}` : `/${path.filter((name) => name !== 'filters').join('_')}`;
}
