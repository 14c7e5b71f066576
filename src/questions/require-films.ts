import type { RequestHandler } from 'express';
import { EngineError } from '../engine/engine-error';
import type { MovieStore } from '../engine/movie-store';

/** Lets a request through once there are films to answer it with. */
export function requireFilms(store: Pick<MovieStore, 'isEmpty'>): RequestHandler {
  return (_request, _response, next) => {
    if (store.isEmpty()) next(new EngineError('catalogue_empty', 'no film is indexed yet'));
    else next();
  };
}
