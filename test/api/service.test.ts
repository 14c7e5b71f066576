import pino from 'pino';
import { z } from 'zod';
import { route } from '../../src/http/route';
import { ATTRIBUTION, VERSION } from '../../src/version';
import { FakeMovieStore } from '../fake-store/fake-movie-store';
import { testApp } from '../fixtures/app';

function logged() {
  const lines: Record<string, unknown>[] = [];
  const logger = pino({}, { write: (line: string) => lines.push(JSON.parse(line)) });
  return { logger, lines };
}

describe('the state of the service', () => {
  test('GET /about', async () => {
    const { api } = testApp();
    await api.get('/about').expect(200, {
      name: 'CineMatch',
      version: VERSION,
      model: { name: 'fake', dimensions: 1, precision: 'none' },
      movies: 10,
      generation: 0,
      attribution: ATTRIBUTION,
    });
  });

  test('the probes', async () => {
    const { api } = testApp();
    await api.get('/health/live').expect(200, { status: 'live' });
    await api.get('/health/ready').expect(200, { status: 'ready', movies: 10, pending_reembedding: 0 });
    await api.head('/health/ready').expect(200);
  });
});

describe('cross-origin access', () => {
  test('is open to all by default', async () => {
    const { api } = testApp();
    const { headers } = await api.get('/').set('Origin', 'https://a.example');
    expect(headers['access-control-allow-origin']).toBe('*');
  });

  test('is open to a list, also for errors', async () => {
    const { api } = testApp({ corsOrigins: ['https://a.example', 'https://b.example'] });
    const allowed = await api.get('/nope').set('Origin', 'https://b.example').expect(404);
    expect(allowed.headers['access-control-allow-origin']).toBe('https://b.example');
    const other = await api.get('/').set('Origin', 'https://c.example');
    expect(other.headers).not.toHaveProperty('access-control-allow-origin');
  });

  test('answers preflights', async () => {
    const { api } = testApp();
    const { headers } = await api
      .options('/search')
      .set('Origin', 'https://a.example')
      .set('Access-Control-Request-Method', 'POST')
      .set('Access-Control-Request-Headers', 'content-type,x-api-key')
      .expect(204);
    expect(headers['access-control-allow-methods']).toContain('POST');
    expect(headers['access-control-allow-headers']).toBe('content-type,x-api-key');
  });
});

describe('headers', () => {
  test('say neither what serves nor let browsers guess', async () => {
    const { api } = testApp();
    const { headers } = await api.get('/');
    expect(headers).not.toHaveProperty('x-powered-by');
    expect(headers).not.toHaveProperty('etag');
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
  });

  test('name the request, as its caller did where that is plain', async () => {
    const { api } = testApp();
    const own = await api.get('/').set('X-Request-Id', 'trace-1:a');
    expect(own.headers['x-request-id']).toBe('trace-1:a');
    const odd = await api.get('/').set('X-Request-Id', 'two words');
    expect(odd.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('the request log', () => {
  test('has one line a request, without headers and query strings', async () => {
    const { logger, lines } = logged();
    const { api } = testApp({ logger });
    await api
      .get('/movies?genres=Drama&token=hunter2')
      .set('Authorization', 'Bearer hunter2')
      .set('X-Api-Key', 'hunter2');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      level: 40,
      req: { id: expect.any(String), method: 'GET', path: '/movies' },
      res: { status: 422 },
      ms: expect.any(Number),
    });
    expect(JSON.stringify(lines)).not.toContain('hunter2');
  });
});

describe('a feature from elsewhere', () => {
  const thing = z.object({ id: z.string() });
  const definition = {
    method: 'get',
    path: '/things/{id}',
    operationId: 'getThing',
    tag: 'Things',
    summary: 'A thing',
    params: thing,
    answer: { description: 'A thing', schema: thing },
    handle: ({ params }: { params: z.output<typeof thing> }) => params,
  } as const;
  const things = [route({ ...definition, access: 'public' })];

  test('is mounted, documented, and known to the refusals', async () => {
    const { api } = testApp({ features: [things] });
    await api.get('/things/7').expect(200, { id: '7' });
    const { body } = await api.get('/openapi.json').expect(200);
    expect(body.paths['/things/{id}'].get.responses['200'].description).toBe('A thing');
    const refused = await api.delete('/things/7').expect(405);
    expect(refused.headers.allow).toBe('GET, HEAD');
  });

  test('is not mounted without a guard where it is for administrators', () => {
    expect(() => testApp({ features: [[route({ ...definition, access: 'admin' })]] })).toThrow(
      'createApp needs an adminGuard for GET /things/{id}.',
    );
  });

  test('answers only while there are films where it needs them', async () => {
    const features = [[route({ ...definition, access: 'public', needsFilms: true })]];
    await testApp({ features }).api.get('/things/7').expect(200, { id: '7' });
    await testApp({ features, store: new FakeMovieStore() }).api.get('/things/7').expect(503);
  });
});

describe('documentation', () => {
  test('Swagger UI loads nothing from elsewhere', async () => {
    const { api } = testApp();
    const page = await api.get('/docs').expect(200);
    expect(page.type).toBe('text/html');
    expect(page.text).toContain('<base href="/docs/">');
    expect(page.headers['content-security-policy']).toContain("default-src 'self'");
    const files = [...page.text.matchAll(/(?:src|href)="\.\/([^"]+)"/g)].map(([, file]) => file);
    expect(files).toEqual(expect.arrayContaining(['swagger-ui.css', 'swagger-ui-bundle.js', 'swagger-ui-init.js']));
    for (const file of files) await api.get(`/docs/${file}`).expect(200);
    expect(page.text).not.toMatch(/(src|href)="(https?:)?\/\//);
    const init = await api.get('/docs/swagger-ui-init.js');
    expect(init.text).toContain('/recommend/movie/{title}');
  });

  test('ReDoc loads nothing from elsewhere', async () => {
    const { api } = testApp();
    const page = await api.get('/redoc').expect(200);
    expect(page.type).toBe('text/html');
    expect(page.text).toContain('spec-url="/openapi.json"');
    expect([...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file]) => file)).toEqual([
      '/redoc/redoc.standalone.js',
    ]);
    const script = await api.get('/redoc/redoc.standalone.js').expect(200);
    expect(script.type).toMatch(/javascript/);
    expect(Number(script.headers['content-length'])).toBeGreaterThan(100_000);
  });
});
