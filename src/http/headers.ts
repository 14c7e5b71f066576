import cors from 'cors';
import type { RequestHandler } from 'express';
import { REQUEST_ID_HEADER } from './request-log';

/** Origins that may call the service from a browser: all of them, or a list. */
export type CorsOrigins = '*' | readonly string[];

/** Cross-origin access, with the headers that scripts may read: those of every answer, and the routes' own ones. */
export function crossOrigin(origins: CorsOrigins, routeHeaders: readonly string[]): RequestHandler {
  return cors({
    origin: origins === '*' ? '*' : [...origins],
    exposedHeaders: [...routeHeaders, REQUEST_ID_HEADER, 'Retry-After', 'Allow'],
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
