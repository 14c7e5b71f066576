import type { RequestHandler } from 'express';
import type { MovieStore } from '../store/movie-store';
import { catalogueEmpty } from '../store/store-error';

/** Lets a request through once there are films to answer it with. */
export function requireFilms(store: Pick<MovieStore, 'isEmpty'>): RequestHandler {
  return (_request, _response, next) => {
    if (store.isEmpty()) next(catalogueEmpty());
    else next();
  };
}
