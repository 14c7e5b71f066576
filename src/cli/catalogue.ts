import type { z } from 'zod';
import type { Config } from '../config';
import { EngineError } from '../engine/engine-error';
import type { MovieStore } from '../engine/movie-store';
import {
  recommendationSchema,
  userBodySchema as userBody,
  type userBodySchema,
} from '../recommendations/recommendation-schemas';
import { RecommendationService } from '../recommendations/recommendation-service';
import { richAnswerSchema } from '../search/answer-schemas';
import { searchBodySchema } from '../search/search-schemas';
import { SearchService } from '../search/search-service';
import { readServerFile } from '../server-file';
import { CliError, EXIT_USAGE } from './cli-error';
import type { CliContext } from './context';
import { fetchListener } from './fetch-listener';
import { ServerClient, ServerUnreachable } from './server-client';

export type SearchInput = z.input<typeof searchBodySchema>;
export type UserInput = z.input<typeof userBodySchema>;
export type RichAnswer = z.output<typeof recommendationSchema>;

/** Questions to a catalogue, in the terms of the HTTP interface; the rich form of every answer. */
export interface Catalogue {
  search(input: SearchInput): Promise<RichAnswer>;
  recommend(input: UserInput): Promise<RichAnswer>;
}

/** Runs `use` on the catalogue of the configuration: opened here, or through the server that holds it. */
export async function withCatalogue<T>(
  context: CliContext,
  config: Config,
  role: string,
  use: (catalogue: Catalogue) => Promise<T>,
): Promise<T> {
  const listener = fetchListener(context);
  let store: MovieStore;
  try {
    store = await context.openStore(config, role, listener);
  } catch (error) {
    return use(new RemoteCatalogue(new ServerClient(holderUrl(error, config))));
  } finally {
    listener.done();
  }
  try {
    return await use(new LocalCatalogue(store));
  } finally {
    await store.close();
  }
}

/** The address of the server that holds the directory of the configuration; rethrows what is not that case. */
export function holderUrl(error: unknown, { dataDir }: Config): string {
  const locked = error instanceof EngineError && error.code === 'data_dir_locked';
  const server = locked ? readServerFile(dataDir) : undefined;
  if (!server) throw error;
  return server.url;
}

class LocalCatalogue implements Catalogue {
  constructor(private readonly store: MovieStore) {}

  async search(input: SearchInput): Promise<RichAnswer> {
    const { answer } = await new SearchService(this.store).search(parse(searchBodySchema, input));
    return richAnswerSchema.parse(answer);
  }

  async recommend(input: UserInput): Promise<RichAnswer> {
    const { answer } = await new RecommendationService(this.store).forUser(parse(userBody, input));
    return recommendationSchema.parse(answer);
  }
}

class RemoteCatalogue implements Catalogue {
  constructor(private readonly server: ServerClient) {}

  search(input: SearchInput): Promise<RichAnswer> {
    parse(searchBodySchema, input);
    return this.ask(richAnswerSchema, '/search', input);
  }

  recommend(input: UserInput): Promise<RichAnswer> {
    parse(userBody, input);
    return this.ask(recommendationSchema, '/recommend/user', input);
  }

  private async ask(schema: z.ZodType<RichAnswer>, path: string, input: unknown): Promise<RichAnswer> {
    try {
      return await this.server.json(schema, 'POST', path, input);
    } catch (error) {
      if (!(error instanceof ServerUnreachable)) throw error;
      throw new CliError(`${error.message} It holds the catalogue; it may be starting or stopping: try again.`);
    }
  }
}

/** The input as its schema has it. Throws a usage error that names every field that is wrong. */
export function parse<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => `${issue.path.join('.') || 'question'}: ${issue.message}`);
  throw new CliError(lines.join('\n'), EXIT_USAGE);
}
