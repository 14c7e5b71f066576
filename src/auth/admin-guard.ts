import type { Request, RequestHandler } from 'express';
import type { Logger } from 'pino';
import { HttpProblem } from '../http/problem';
import type { ApiKeys } from './api-keys';
import { AttemptLimiter } from './attempt-limiter';

/** What whoever lost the key can do. */
const NEW_KEY =
  'To make a new one, stop the server and run `npx cinematch keys create` there, or start it with ADMIN_API_KEY set.';

/** Lets only holders of an admin key through; whoever tries wrong keys too often has to wait. */
export function createAdminGuard(keys: ApiKeys, logger: Logger, limiter = new AttemptLimiter()): RequestHandler {
  return async (request, _response, next) => {
    const address = request.ip ?? 'unknown';
    const wait = limiter.wait(address);
    if (wait > 0) throw tooManyAttempts(wait);
    const key = presentedKey(request);
    if (key !== undefined && (await keys.allows(key, 'admin'))) return next();
    // Without any key nobody guesses; only wrong ones count.
    if (key !== undefined) limiter.fail(address);
    logger.warn(
      { address, method: request.method, path: request.path, key: key === undefined ? 'missing' : 'wrong' },
      'refused',
    );
    throw unauthorised(key !== undefined);
  };
}

function presentedKey(request: Request): string | undefined {
  const bearer = /^Bearer +(\S+) *$/i.exec(request.get('authorization') ?? '');
  return bearer?.[1] ?? request.get('x-api-key')?.trim();
}

function unauthorised(presented: boolean): HttpProblem {
  const detail = presented
    ? `The key is not known. ${NEW_KEY}`
    : `This route needs an admin key, as "Authorization: Bearer KEY" or "X-API-Key: KEY". It was printed at the first start. ${NEW_KEY}`;
  const challenge = presented ? 'Bearer realm="cinematch", error="invalid_token"' : 'Bearer realm="cinematch"';
  return new HttpProblem(401, 'unauthorised', detail, { headers: { 'WWW-Authenticate': challenge } });
}

function tooManyAttempts(seconds: number): HttpProblem {
  return new HttpProblem(
    429,
    'too_many_attempts',
    `Too many wrong keys from this address; try again in ${seconds} s.`,
    {
      headers: { 'Retry-After': String(seconds) },
    },
  );
}
