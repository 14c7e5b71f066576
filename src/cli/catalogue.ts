import type { z } from 'zod';
import type { Config } from '../config';
import { richAnswerSchema } from '../questions/answers';
import {
  recommendationSchema,
  userBodySchema as userBody,
  type userBodySchema,
} from '../recommendations/recommendation-schemas';
import { RecommendationService } from '../recommendations/recommendation-service';
import { searchBodySchema } from '../search/search-schemas';
import { SearchService } from '../search/search-service';
import type { MovieStore } from '../store/movie-store';
import { CliError, EXIT_USAGE } from './cli-error';
import type { CliContext } from './context';
import { useDirectory } from './data-directory';
import type { ServerClient } from './server-client';

export type SearchInput = z.input<typeof searchBodySchema>;
type UserInput = z.input<typeof userBodySchema>;
export type RichAnswer = z.output<typeof recommendationSchema>;

/** Questions to a catalogue, in the terms of the HTTP interface; the rich form of every answer. */
export interface Catalogue {
  search(input: SearchInput): Promise<RichAnswer>;
  recommend(input: UserInput): Promise<RichAnswer>;
}

/** Runs `use` on the catalogue of the configuration: opened here, or through the server that holds it. */
export function withCatalogue<T>(
  context: CliContext,
  config: Config,
  role: string,
  use: (catalogue: Catalogue) => Promise<T>,
): Promise<T> {
  return useDirectory(context, config, {
    role,
    here: ({ movies }) => use(new LocalCatalogue(movies)),
    there: (server) => use(new RemoteCatalogue(server)),
  });
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

  private ask(schema: z.ZodType<RichAnswer>, path: string, input: unknown): Promise<RichAnswer> {
    return this.server.json(schema, 'POST', path, input);
  }
}

/** The input as its schema has it. Throws a usage error that names every field that is wrong. */
export function parse<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => `${issue.path.join('.') || 'question'}: ${issue.message}`);
  throw new CliError(lines.join('\n'), EXIT_USAGE);
}
