import type { RouteConfig } from '@asteasolutions/zod-to-openapi';
import type { z } from 'zod';
import { problemResponses } from './problem-responses';

/** Whom a route answers: anyone, or holders of an admin key. */
type Access = 'public' | 'admin';

/** What a request has to pass before the route reads it; `createApp` sets up the gates. */
export interface Gated {
  access: Access;
  /** Whether it answers only while there are films. */
  needsFilms?: boolean;
}

/** What the OpenAPI document tells about a route. */
export interface RouteDocument extends Gated {
  method: 'get' | 'post' | 'delete';
  /** As OpenAPI writes it: `/movies/{id}`. */
  path: string;
  operationId: string;
  tag: string;
  summary: string;
  description?: string;
  body?: z.ZodType | undefined;
  /** Requests to try, by name. */
  bodyExamples?: Record<string, { summary: string; value: unknown }>;
  query?: z.ZodObject | undefined;
  params?: z.ZodObject | undefined;
  /** `status` is 200 unless it is given. */
  answer: { status?: number; description: string; schema: z.ZodType; example?: unknown; headers?: z.ZodObject };
  /** Statuses of the problems it can answer with; those of its gates and of validation are added. */
  problems?: readonly number[];
}

/** Where a key may be; an admin route takes it either way. */
export const SECURITY_SCHEMES = {
  bearer: { type: 'http', scheme: 'bearer' },
  apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
} as const;

/** The schemes of which one has to be met. */
export function securityOf({ access }: Gated): NonNullable<RouteConfig['security']> {
  return access === 'admin' ? Object.keys(SECURITY_SCHEMES).map((name) => ({ [name]: [] })) : [];
}

/** What the gates of a route refuse with. */
export function gateProblems({ access, needsFilms = false }: Gated): number[] {
  return [...(access === 'admin' ? [401, 429] : []), ...(needsFilms ? [503] : [])];
}

/** The route's entry in the document. */
export function pathOf(route: RouteDocument): RouteConfig {
  const { method, path, operationId, tag, summary, description, params, query } = route;
  return {
    method,
    path,
    operationId,
    tags: [tag],
    summary,
    ...(description !== undefined && { description }),
    security: securityOf(route),
    request: { ...(params && { params }), ...(query && { query }), ...bodyOf(route) },
    responses: { ...answerOf(route), ...problemResponses(problemsOf(route)) },
  };
}

function bodyOf({ body, bodyExamples }: RouteDocument): RouteConfig['request'] {
  if (!body) return {};
  const required = !body.safeParse(undefined).success;
  const content = { 'application/json': { schema: body, ...(bodyExamples && { examples: bodyExamples }) } };
  return { body: { required, content } };
}

function answerOf({ answer }: RouteDocument): RouteConfig['responses'] {
  const { status = 200, description, schema, example, headers } = answer;
  const content = { 'application/json': { schema, ...(example !== undefined && { example }) } };
  return { [status]: { description, ...(headers && { headers }), content } };
}

/** What passing its gates and reading its request can end in, and what its definition names. */
function problemsOf(route: RouteDocument): number[] {
  const { params, query, body, problems = [] } = route;
  const reading = body ? [400, 413, 415] : params ? [400] : [];
  const validating = body || query || params ? [422] : [];
  return [...gateProblems(route), ...reading, ...validating, ...problems, 500];
}
