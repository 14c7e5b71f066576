import type { z } from 'zod';
import { problemSchema } from '../http/problem';
import { CliError } from './cli-error';

/** A running server, by its HTTP interface. */
export class ServerClient {
  constructor(
    readonly url: string,
    private readonly key?: string,
  ) {}

  /** The JSON that a route answers. Throws a CliError with the problem's own words. */
  async json<S extends z.ZodType>(schema: S, method: string, path: string, body?: unknown): Promise<z.output<S>> {
    const response = await this.request(method, path, body);
    return schema.parse(await response.json());
  }

  /** The answer of a route; throws a CliError for any that is not a success, and where the signal ends it. */
  async request(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
    signal?: AbortSignal,
  ): Promise<Response> {
    let response: Response;
    try {
      response = await fetch(new URL(path, this.url), {
        method,
        headers: {
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(this.key !== undefined && { authorization: `Bearer ${this.key}` }),
          ...headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        ...(signal && { signal }),
      });
    } catch (error) {
      const cause = (error as { cause?: Error }).cause ?? (error as Error);
      throw new ServerUnreachable(`The server at ${this.url} does not answer (${cause.message}).`);
    }
    if (!response.ok) throw await failureOf(response, this.url);
    return response;
  }
}

/** Nobody answers at the address. */
export class ServerUnreachable extends CliError {}

async function failureOf(response: Response, url: string): Promise<CliError> {
  const problem = problemSchema.safeParse(await response.json().catch(() => undefined));
  return new CliError(problem.success ? problem.data.detail : `The server at ${url} answered ${response.status}.`);
}
