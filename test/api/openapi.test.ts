import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import request from 'supertest';
import { documentOf } from '../../src/app';
import { ApiKeys } from '../../src/auth/api-keys';
import { createKeyRoutes } from '../../src/auth/key-routes';
import { UpdateService } from '../../src/updates/job/update-service';
import { createUpdateRoutes } from '../../src/updates/update-routes';
import { ATTRIBUTION } from '../../src/version';
import { FakeMovieStore } from '../fake-store/fake-movie-store';
import { testApp } from '../fixtures/app';
import { MOVIES } from '../fixtures/movies';

const FILE = path.join(__dirname, '..', '..', 'docs', 'openapi.json');
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

interface Parameter {
  name: string;
  in: string;
  description?: string;
  required?: boolean;
  schema: { description?: string; example?: unknown; $ref?: string };
}

interface Operation {
  operationId: string;
  summary: string;
  tags: string[];
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: object; examples?: Record<string, { value: object }> }> };
  responses: Record<string, { description: string; content?: Record<string, { schema: { $ref?: string } }> }>;
}

// Registering routes asks nothing of the service behind them.
const updates = Object.create(UpdateService.prototype) as UpdateService;
const store = new FakeMovieStore(MOVIES);
const document = documentOf({
  store,
  features: [createUpdateRoutes(updates), createKeyRoutes(new ApiKeys(store.records))],
});
const operations = Object.entries(document.paths ?? {}).flatMap(([route, item]) =>
  METHODS.flatMap((method) => {
    const operation = item[method] as Operation | undefined;
    return operation ? [{ name: `${method.toUpperCase()} ${route}`, method, route, operation }] : [];
  }),
);

test('docs/openapi.json is the document of the code (write it with UPDATE_OPENAPI=1)', () => {
  const text = `${JSON.stringify(document, null, 2)}\n`;
  if (process.env.UPDATE_OPENAPI) writeFileSync(FILE, text);
  expect(readFileSync(FILE, 'utf8')).toBe(text);
});

test('the service answers it', async () => {
  const { api, store } = testApp();
  const { body } = await api.get('/openapi.json').expect(200);
  expect(body).toEqual(JSON.parse(JSON.stringify(documentOf({ store, features: [] }))));
});

test('it has every route of the contract and the attribution', () => {
  expect(operations.map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      'GET /',
      'POST /search',
      'POST /search/batch',
      'POST /recommend/vibe',
      'POST /recommend/user',
      'GET /recommend/movie/{title}',
      'GET /movies',
      'GET /movies/suggest',
      'GET /movies/{id}',
      'GET /about',
      'POST /admin/trigger-update',
      'GET /admin/keys',
      'POST /admin/keys',
    ]),
  );
  expect(document.info.description).toContain(ATTRIBUTION);
});

test('every reference leads somewhere', () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(
    ([, reference]) => reference as string,
  );
  expect(references.length).toBeGreaterThan(10);
  for (const reference of new Set(references)) {
    const target = reference
      .slice(2)
      .split('/')
      .reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], document);
    expect([reference, typeof target]).toEqual([reference, 'object']);
  }
});

test('names of operations are unique, and tags are described', () => {
  const names = operations.map(({ operation }) => operation.operationId);
  expect(new Set(names).size).toBe(names.length);
  const tags = new Set(document.tags?.map(({ name }) => name));
  for (const { name, operation } of operations)
    expect([name, operation.tags.every((tag) => tags.has(tag))]).toEqual([name, true]);
});

describe.each(operations)('$name', ({ route, operation }) => {
  test('has a summary and its path parameters', () => {
    expect(operation.summary).toMatch(/\w/);
    const inPath = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path').map(({ name }) => name);
    expect(inPath).toEqual([...route.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
  });

  test('answers errors as problems', () => {
    const errors = Object.entries(operation.responses).filter(([status]) => Number(status) >= 400);
    expect(errors.map(([status]) => status)).toContain('500');
    for (const [, response] of errors) {
      expect(response.description).not.toBe('A problem');
      expect(response.content?.['application/problem+json']?.schema.$ref).toBe('#/components/schemas/Problem');
    }
  });
});

const OURS = operations.filter(({ route }) => !route.startsWith('/admin'));

describe.each(OURS)('$name', ({ method, route, operation }) => {
  test('describes every parameter, with an example', () => {
    for (const { name, schema, description } of operation.parameters ?? []) {
      expect([name, description ?? schema.description]).toEqual([name, expect.stringMatching(/\w/)]);
      expect([name, schema.example === undefined && schema.$ref === undefined]).toEqual([name, false]);
    }
  });

  const examples = Object.entries(operation.requestBody?.content['application/json']?.examples ?? {});
  if (operation.requestBody) {
    test('takes its own examples', async () => {
      expect(examples.length).toBeGreaterThan(0);
      const { app, store } = testApp();
      // The examples name films and genres beyond those of the tests.
      for (const name of ['search', 'recommend'] as const)
        jest.spyOn(store, name).mockResolvedValue({ hits: [], total: 0 });
      for (const [, { value }] of examples) await request(app)[method](route).send(value).expect(200);
    });
  }
});

test('every field of a request body has a description and an example', () => {
  const bodies = ['SearchRequest', 'VibeRequest', 'UserRequest', 'SearchBatchRequest', 'Filters'];
  for (const body of bodies) {
    const schema = document.components?.schemas?.[body] as { properties: Record<string, Record<string, unknown>> };
    for (const [name, property] of Object.entries(schema.properties)) {
      if ('$ref' in property || 'allOf' in property) continue;
      expect([`${body}.${name}`, typeof property.description]).toEqual([`${body}.${name}`, 'string']);
      const isList = property.type === 'array' && '$ref' in ((property.items ?? {}) as object);
      expect([`${body}.${name}`, 'example' in property || isList]).toEqual([`${body}.${name}`, true]);
    }
  }
});
