import { OpenAPIRegistry, OpenApiGeneratorV31, type ResponseConfig } from '@asteasolutions/zod-to-openapi';
import { ATTRIBUTION, VERSION } from '../version';
import type { FeatureModule } from './feature';
import { PROBLEM_TYPE, problemSchema } from './problem';

export type OpenApiDocument = ReturnType<OpenApiGeneratorV31['generateDocument']>;

const DESCRIPTION = `Search films by what you remember of them, and get recommendations from films you like.

Films are named by title, as people type them, or by TMDB id. Scores are higher for better and fall along the list.
Every error is \`application/problem+json\` (RFC 9457) with a stable \`code\`.

${ATTRIBUTION}`;

const TAGS = [
  { name: 'Search', description: 'Find films by words and meaning' },
  { name: 'Recommendations', description: 'Find films by films, tags and taste' },
  { name: 'Movies', description: 'The catalogue itself' },
  { name: 'Updates', description: 'Films from TMDB; needs an admin key' },
  { name: 'Keys', description: 'Keys of the admin routes; needs one itself' },
  { name: 'Service', description: 'State of the service' },
];

/** The document of all features; each adds its own paths through `register`. */
export function buildDocument(features: readonly FeatureModule[]): OpenApiDocument {
  const registry = new OpenAPIRegistry();
  for (const feature of features) feature.register(registry);
  return new OpenApiGeneratorV31(registry.definitions, { sortComponents: 'alphabetically' }).generateDocument({
    openapi: '3.1.0',
    info: {
      title: 'CineMatch',
      version: VERSION,
      description: DESCRIPTION,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    tags: TAGS,
  });
}

/** Every header that the document gives an answer. */
export function answerHeaders({ paths }: OpenApiDocument): string[] {
  const operations = Object.values(paths ?? {}).flatMap((item) => Object.values(item ?? {}));
  const answers = operations.flatMap(({ responses }) => Object.values(responses ?? {})) as { headers?: object }[];
  return [...new Set(answers.flatMap(({ headers = {} }) => Object.keys(headers)))];
}

const MEANINGS: Readonly<Record<number, string>> = {
  400: 'The request is malformed: its JSON, or the percent-encoding of its address',
  401: 'The key is missing or wrong',
  404: 'There is no such film or thing',
  409: 'The state of the service does not allow it now',
  413: 'The body is larger than 1 MB',
  415: 'The body is not announced as JSON',
  422: 'A field is missing, unknown or wrong; `errors` names each one',
  429: 'Too many requests; `Retry-After` says when to come back',
  500: 'Something went wrong on the server',
  503: 'No film is indexed yet, or the service cannot answer now',
};

/** Documents problem answers with these statuses; for `responses` of any path. */
export function problemResponses(statuses: readonly number[]): Record<number, ResponseConfig> {
  return Object.fromEntries(
    [...new Set(statuses)].map((status) => [
      status,
      { description: MEANINGS[status] ?? 'A problem', content: { [PROBLEM_TYPE]: { schema: problemSchema } } },
    ]),
  );
}
