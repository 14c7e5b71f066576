import express, { type Express, type RequestHandler } from 'express';
import type { Logger } from 'pino';
import { createHealthRoutes } from './health/health-routes';
import { createDocs, DOCS_PAGES } from './http/docs';
import { errorHandler } from './http/error-handler';
import type { FeatureModule } from './http/feature';
import { type CorsOrigins, crossOrigin, securityHeaders } from './http/headers';
import { notFound } from './http/not-found';
import { answerHeaders, buildDocument, type OpenApiDocument } from './http/openapi';
import { requestLog } from './http/request-log';
import { requireFilms } from './http/require-films';
import type { Route } from './http/route';
import { createMovieRoutes } from './movies/movie-routes';
import { createRecommendationRoutes } from './recommendations/recommendation-routes';
import { createSearchRoutes } from './search/search-routes';
import type { MovieStore } from './store/movie-store';

/** What the application is made of. */
export interface AppServices {
  store: MovieStore;
  /** Features beyond the catalogue's own routes: updates, keys, … */
  features: readonly FeatureModule[];
  /** Lets only holders of an admin key through; needed where a feature has routes for them. */
  adminGuard?: RequestHandler;
  logger: Logger;
  corsOrigins: CorsOrigins;
  /** How many reverse proxies are in front; none by default. */
  trustProxy?: number;
}

/** The whole HTTP surface; listens to nothing and reads no environment. */
export function createApp(services: AppServices): Express {
  const routes = allRoutes(services);
  const document = buildDocument(routes);
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', services.trustProxy ?? 0);
  app.use(requestLog(services.logger), securityHeaders, crossOrigin(services.corsOrigins, answerHeaders(document)));
  app.use(createDocs(document));
  for (const each of routes) mount(app, each, services);
  app.use(notFound(document, DOCS_PAGES), errorHandler);
  return app;
}

/** The OpenAPI document of the same routes. */
export function documentOf(services: Pick<AppServices, 'store' | 'features'>): OpenApiDocument {
  return buildDocument(allRoutes(services));
}

function allRoutes({ store, features }: Pick<AppServices, 'store' | 'features'>): Route[] {
  return [
    createHealthRoutes(store),
    createSearchRoutes(store),
    createRecommendationRoutes(store),
    createMovieRoutes(store),
    ...features,
  ].flat();
}

/** Mounts a route behind its gates. A route for administrators is never mounted without its guard. */
function mount(app: Express, { method, path, access, needsFilms, handlers }: Route, services: AppServices): void {
  const { store, adminGuard } = services;
  if (access === 'admin' && adminGuard === undefined) {
    throw new Error(`createApp needs an adminGuard for ${method.toUpperCase()} ${path}.`);
  }
  const gates = [
    ...(access === 'admin' && adminGuard ? [adminGuard] : []),
    ...(needsFilms ? [requireFilms(store)] : []),
  ];
  app[method](path.replace(/\{(\w+)\}/g, ':$1'), ...gates, ...handlers);
}
