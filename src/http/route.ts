import { isUtf8 } from 'node:buffer';
import type { OpenAPIRegistry } from '@asteasolutions/zod-to-openapi';
import express, { type Request, type RequestHandler, type Response, Router } from 'express';
import type { z } from 'zod';
import { StoreError } from '../store/store-error';
import type { FeatureModule } from './feature';
import { HttpProblem, problemOfStore } from './problem';
import { pathOf, type RouteDocument } from './route-document';
import { type Candidate, validate } from './validate';

type Schema = z.ZodType | undefined;
type Shape = z.ZodObject | undefined;
type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;

/** A request whose parts have passed their schemas. */
export interface Call<Body, Query, Params> {
  body: Parsed<Body>;
  query: Parsed<Query>;
  params: Parsed<Params>;
  request: Request;
  response: Response;
}

/** One route: the same schemas validate it, type it and document it. */
export interface RouteDefinition<Body extends Schema, Query extends Shape, Params extends Shape> extends RouteDocument {
  body?: Body;
  query?: Query;
  params?: Params;
  /** Handlers that run before the request is read. */
  before?: RequestHandler[];
  /** The answer's JSON. */
  handle(call: Call<Body, Query, Params>): unknown;
}

/** A definition that has been bound to its types. */
export interface Route {
  mount(router: Router): void;
  register(registry: OpenAPIRegistry): void;
}

const JSON_TYPES = ['application/json', 'application/*+json'];

const readJson = express.json({ limit: '1mb', strict: false, type: JSON_TYPES, verify: refuseInvalidUtf8 });

/** The body parser would replace what is not UTF-8 without a word. The error is made as the parser makes its own. */
function refuseInvalidUtf8(_request: unknown, _response: unknown, body: Buffer, charset: string): void {
  if (charset !== 'utf-8' || isUtf8(body)) return;
  throw Object.assign(new Error('not UTF-8'), { status: 400, type: 'encoding.invalid' });
}

/** Binds a definition. */
export function route<
  Body extends Schema = undefined,
  Query extends Shape = undefined,
  Params extends Shape = undefined,
>(definition: RouteDefinition<Body, Query, Params>): Route {
  return {
    mount: (router) => {
      const path = definition.path.replace(/\{(\w+)\}/g, ':$1');
      const read = definition.body ? [requireJson, readJson] : [];
      router[definition.method](path, ...(definition.before ?? []), ...read, handlerOf(definition));
    },
    register: (registry) => registry.registerPath(pathOf(definition)),
  };
}

/** Routes that belong together, as a module of the service. */
export function feature(...routes: Route[]): FeatureModule {
  const router = Router();
  for (const each of routes) each.mount(router);
  return {
    router,
    register: (registry) => {
      for (const each of routes) each.register(registry);
    },
  };
}

const requireJson: RequestHandler = (request, _response, next) => {
  if (!hasBody(request) || request.is(JSON_TYPES)) return next();
  next(
    new HttpProblem(415, 'unsupported_media_type', 'Send JSON, with the header "Content-Type: application/json".', {
      headers: { Accept: 'application/json' },
    }),
  );
};

/** An absent body is for the schema to refuse or to accept. */
function hasBody({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function handlerOf<Body extends Schema, Query extends Shape, Params extends Shape>(
  definition: RouteDefinition<Body, Query, Params>,
): RequestHandler {
  return async (request, response) => {
    const parts = { body: request.body, query: { ...request.query }, params: request.params };
    const parsed = parse(definition, parts) as Pick<Call<Body, Query, Params>, 'body' | 'query' | 'params'>;
    if (definition.answer.status !== undefined) response.status(definition.answer.status);
    response.json(await handled(definition, { ...parsed, request, response }));
  };
}

/** The answer. A store that refuses a field is told of where this route's requests carry it. */
async function handled<Body extends Schema, Query extends Shape, Params extends Shape>(
  definition: RouteDefinition<Body, Query, Params>,
  call: Call<Body, Query, Params>,
): Promise<unknown> {
  try {
    return await definition.handle(call);
  } catch (error) {
    throw error instanceof StoreError ? problemOfStore(error, definition.body ? 'body' : 'query') : error;
  }
}

function parse(
  { body, query, params }: RouteDocument,
  parts: { body: unknown; query: unknown; params: unknown },
): Record<string, unknown> {
  const candidates = [
    { in: 'path', key: 'params', schema: params, value: parts.params },
    { in: 'query', key: 'query', schema: query, value: parts.query },
    { in: 'body', key: 'body', schema: body, value: parts.body },
  ].filter(({ schema }) => schema !== undefined) as (Candidate & { key: string })[];
  const values = validate(candidates);
  return Object.fromEntries(candidates.map(({ key }, index) => [key, values[index]]));
}
