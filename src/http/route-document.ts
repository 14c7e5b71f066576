import type { RouteConfig } from '@asteasolutions/zod-to-openapi';
import type { z } from 'zod';
import { problemResponses } from './openapi';

/** What the OpenAPI document tells about a route. */
export interface RouteDocument {
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
  /** Statuses of the problems it can answer with; validation's are added. */
  problems?: readonly number[];
  /** Security schemes of which one has to be met, none by default; a handler before it sees to that. */
  security?: RouteConfig['security'];
}

/** The route's entry in the document. */
export function pathOf(route: RouteDocument): RouteConfig {
  const { method, path, operationId, tag, summary, description, security = [], params, query } = route;
  return {
    method,
    path,
    operationId,
    tags: [tag],
    summary,
    ...(description !== undefined && { description }),
    security,
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

/** What reading a request of this route can end in, and what its definition names. */
function problemsOf({ params, query, body, problems = [] }: RouteDocument): number[] {
  const reading = body ? [400, 413, 415] : params ? [400] : [];
  const validating = body || query || params ? [422] : [];
  return [...reading, ...validating, ...problems, 500];
}
