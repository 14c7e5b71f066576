import { OpenAPIRegistry, OpenApiGeneratorV31 } from '@asteasolutions/zod-to-openapi';
import { ATTRIBUTION, VERSION } from '../version';
import type { Route } from './route';
import { SECURITY_SCHEMES } from './route-document';

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

/** The document of the routes. */
export function buildDocument(routes: readonly Route[]): OpenApiDocument {
  const registry = new OpenAPIRegistry();
  for (const { document } of routes) registry.registerPath(document);
  if (routes.some(({ access }) => access === 'admin')) {
    for (const [name, scheme] of Object.entries(SECURITY_SCHEMES)) {
      registry.registerComponent('securitySchemes', name, scheme);
    }
  }
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
