import { isUtf8 } from 'node:buffer';
import type { RouteConfig } from '@asteasolutions/zod-to-openapi';
import express, { type Request, type RequestHandler, type Response } from 'express';
import type { z } from 'zod';
import { StoreError } from '../store/store-error';
import { HttpProblem, problemOfStore } from './problem';
import { type Gated, pathOf, type RouteDocument } from './route-document';
import { type Candidate, validate } from './validate';

type Schema = z.ZodType | undefined;
type Shape = z.ZodObject | undefined;
type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;

/** A request whose parts have passed their schemas. */
interface Call<Body, Query, Params> {
  body: Parsed<Body>;
  query: Parsed<Query>;
  params: Parsed<Params>;
  request: Request;
  response: Response;
}

/** One route: the same schemas validate it, type it and document it. */
export interface RouteDefinition<
  Body extends Schema,
  Query extends Shape,
  Params extends Shape,
  Answer extends z.ZodType,
> extends RouteDocument {
  body?: Body;
  query?: Query;
  params?: Params;
  answer: RouteDocument['answer'] & { schema: Answer };
  /** The answer's JSON. */
  handle(call: Call<Body, Query, Params>): z.input<Answer> | Promise<z.input<Answer>>;
}

/** A route as `createApp` mounts and documents it. */
export interface Route extends Gated {
  method: RouteDocument['method'];
  /** As OpenAPI writes it: `/movies/{id}`. */
  path: string;
  /** What a request goes through once it has passed the gates. */
  handlers: readonly RequestHandler[];
  document: RouteConfig;
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
  Answer extends z.ZodType,
  Body extends Schema = undefined,
  Query extends Shape = undefined,
  Params extends Shape = undefined,
>(definition: RouteDefinition<Body, Query, Params, Answer>): Route {
  const { method, path, access, needsFilms = false } = definition;
  const read = definition.body ? [requireJson, readJson] : [];
  return { method, path, access, needsFilms, handlers: [...read, handlerOf(definition)], document: pathOf(definition) };
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

function handlerOf<Body extends Schema, Query extends Shape, Params extends Shape, Answer extends z.ZodType>(
  definition: RouteDefinition<Body, Query, Params, Answer>,
): RequestHandler {
  return async (request, response) => {
    const parts = { body: request.body, query: { ...request.query }, params: request.params };
    const parsed = parse(definition, parts) as Pick<Call<Body, Query, Params>, 'body' | 'query' | 'params'>;
    if (definition.answer.status !== undefined) response.status(definition.answer.status);
    response.json(await handled(definition, { ...parsed, request, response }));
  };
}

/** The answer. A store that refuses a field is told of where this route's requests carry it. */
async function handled<Body extends Schema, Query extends Shape, Params extends Shape, Answer extends z.ZodType>(
  definition: RouteDefinition<Body, Query, Params, Answer>,
  call: Call<Body, Query, Params>,
): Promise<z.input<Answer>> {
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
