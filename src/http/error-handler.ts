import type { ErrorRequestHandler, Request } from 'express';
import { StoreError } from '../store/store-error';
import { HttpProblem, PROBLEM_TYPE, problemOfStore } from './problem';

/** What Express and its body parser throw (http-errors). */
interface ClientError {
  status: number;
  type?: string;
}

/** Kinds of the body parser's errors that are not plain bad requests. */
const BODY_PROBLEMS: Readonly<Record<string, [code: string, detail: string]>> = {
  'entity.parse.failed': ['malformed_json', 'The body is not valid JSON.'],
  'encoding.invalid': ['malformed_json', 'The body is not valid UTF-8; JSON is sent in that encoding.'],
  'entity.too.large': ['body_too_large', 'The body is too large; at most 1 MB is accepted.'],
  'encoding.unsupported': [
    'unsupported_media_type',
    'The Content-Encoding is not supported; use identity, gzip, deflate or br.',
  ],
  'charset.unsupported': ['unsupported_media_type', 'The charset is not supported; send the JSON as UTF-8.'],
};

/** The last handler: whatever was thrown becomes a problem; what is our fault is logged whole and answered in general. */
export const errorHandler: ErrorRequestHandler = (error: unknown, request, response, next) => {
  if (response.headersSent) return next(error);
  const problem = problemOf(error, request);
  if (problem.status >= 500) request.log?.error({ err: error }, problem.code);
  response.status(problem.status).set(problem.headers).type(PROBLEM_TYPE).send(JSON.stringify(problem.body()));
};

function problemOf(error: unknown, request: Request): HttpProblem {
  if (error instanceof HttpProblem) return error;
  if (error instanceof StoreError) return problemOfStore(error);
  if (isClientError(error)) return problemOfClientError(error, request);
  return new HttpProblem(500, 'internal', 'Something went wrong on the server; its log says more.');
}

function isClientError(error: unknown): error is ClientError {
  const status = (error as Partial<ClientError> | null)?.status;
  return error instanceof Error && typeof status === 'number' && status >= 400 && status < 500;
}

function problemOfClientError(error: ClientError, request: Request): HttpProblem {
  const { status, type = '' } = error;
  const known = BODY_PROBLEMS[type];
  if (known) return new HttpProblem(status, known[0], known[1]);
  return new HttpProblem(status, 'malformed_request', detailOf(error, request));
}

/** The router throws an URIError; whatever else has no kind comes from unpacking the body. */
function detailOf(error: ClientError, request: Request): string {
  if (error instanceof URIError) return 'The address is not validly percent-encoded; encode it as UTF-8.';
  const encoding = request.get('Content-Encoding');
  if (error.type !== undefined || encoding === undefined) return 'The body could not be read as it was announced.';
  return `The body is not valid ${encoding}, which its Content-Encoding says that it is.`;
}
