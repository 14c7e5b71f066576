import cors from 'cors';
import type { RequestHandler } from 'express';
import { UNKNOWN_TITLES_HEADER } from '../movies/movie-reference';
import { REQUEST_ID_HEADER } from './request-log';

/** Says whether a trigger started an update or joined one. */
export const UPDATE_HEADER = 'X-Update';

/** Origins that may call the service from a browser: all of them, or a list. */
export type CorsOrigins = '*' | readonly string[];

/** Cross-origin access, with the headers that scripts may read. */
export function crossOrigin(origins: CorsOrigins): RequestHandler {
  return cors({
    origin: origins === '*' ? '*' : [...origins],
    exposedHeaders: [UNKNOWN_TITLES_HEADER, REQUEST_ID_HEADER, UPDATE_HEADER, 'Location', 'Retry-After', 'Allow'],
    maxAge: 86_400,
  });
}

/** Headers that keep browsers from guessing and embedding. */
export const securityHeaders: RequestHandler = (_request, response, next) => {
  response.set({
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'SAMEORIGIN',
    'Referrer-Policy': 'no-referrer',
  });
  next();
};
