import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ConfigError, loadConfig, parseConfig } from '../../src/config';

function problemsOf(environment: Record<string, string>): readonly string[] {
  try {
    parseConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

test('an empty environment gives the documented defaults', () => {
  const config = parseConfig({});
  expect(config).toMatchObject({
    port: 8000,
    host: '0.0.0.0',
    dataDir: path.resolve('cinematch-data'),
    model: 'fast',
    queryThreads: 0,
    bulkThreads: 0,
    logLevel: 'info',
    corsOrigins: '*',
    starterFilms: true,
    tmdb: { apiKey: '', baseUrl: 'https://api.themoviedb.org/3', language: 'en-US', rate: 30 },
    updates: { criteria: { target: 50, min_rating: 7, min_votes: 500 } },
  });
  for (const absent of ['modelDir', 'ortLibrary', 'adminApiKey']) expect(config).not.toHaveProperty(absent);
  expect(config.updates.schedule).toEqual({});
});

test('every variable is read', () => {
  expect(
    parseConfig({
      PORT: '7860',
      HOST: '127.0.0.1',
      DATA_DIR: '/srv/films',
      MODEL: 'quality',
      MODEL_DIR: '/srv/models',
      ORT_LIBRARY: '/srv/libonnxruntime.so',
      QUERY_THREADS: '2',
      BULK_THREADS: '3',
      LOG_LEVEL: 'warn',
      CORS_ORIGINS: 'https://a.example, http://localhost:3000',
      TMDB_API_KEY: 'abc',
      TMDB_BASE_URL: 'http://127.0.0.1:9/3/',
      TMDB_LANGUAGE: 'de-DE',
      TMDB_REQUESTS_PER_SECOND: '20',
      TMDB_CONCURRENCY: '4',
      TMDB_TIMEOUT_MS: '5000',
      UPDATE_SCHEDULE: '0 4 * * *',
      UPDATE_TIMEZONE: 'Europe/Paris',
      UPDATE_TARGET: '100',
      UPDATE_MIN_RATING: '6.5',
      UPDATE_MIN_VOTES: '50',
      ADMIN_API_KEY: 'a-key-of-our-own',
      STARTER_FILMS: 'false',
    }),
  ).toMatchObject({
    port: 7860,
    host: '127.0.0.1',
    dataDir: path.resolve('/srv/films'),
    model: 'quality',
    modelDir: path.resolve('/srv/models'),
    ortLibrary: path.resolve('/srv/libonnxruntime.so'),
    queryThreads: 2,
    bulkThreads: 3,
    logLevel: 'warn',
    corsOrigins: ['https://a.example', 'http://localhost:3000'],
    tmdb: {
      apiKey: 'abc',
      baseUrl: 'http://127.0.0.1:9/3',
      language: 'de-DE',
      rate: 20,
      concurrency: 4,
      requestTimeoutMs: 5000,
    },
    updates: {
      criteria: { target: 100, min_rating: 6.5, min_votes: 50 },
      schedule: { cron: '0 4 * * *', timezone: 'Europe/Paris' },
    },
    adminApiKey: 'a-key-of-our-own',
    starterFilms: false,
  });
});

test('an empty or blank variable counts as absent', () => {
  expect(parseConfig({ PORT: '', MODEL: '  ', ADMIN_API_KEY: '' })).toEqual(parseConfig({}));
});

test.each([
  ['PORT', 'abc'],
  ['PORT', '65536'],
  ['PORT', '8e3'],
  ['HOST', 'two words'],
  ['MODEL', 'gpt'],
  ['QUERY_THREADS', '-1'],
  ['BULK_THREADS', '1.5'],
  ['LOG_LEVEL', 'loud'],
  ['CORS_ORIGINS', 'example.org'],
  ['CORS_ORIGINS', 'https://a.example/path'],
  ['TMDB_BASE_URL', 'ftp://a.example'],
  ['TMDB_LANGUAGE', 'German'],
  ['TMDB_REQUESTS_PER_SECOND', '41'],
  ['TMDB_REQUESTS_PER_SECOND', '0'],
  ['TMDB_REQUESTS_PER_SECOND', '2.5'],
  ['TRUST_PROXY', 'all'],
  ['UPDATE_TIMEZONE', 'Mars/Base'],
  ['TMDB_CONCURRENCY', '0'],
  ['TMDB_TIMEOUT_MS', '1'],
  ['UPDATE_SCHEDULE', 'every day'],
  ['UPDATE_TARGET', '0'],
  ['UPDATE_MIN_RATING', '11'],
  ['UPDATE_MIN_VOTES', 'many'],
  ['STARTER_FILMS', 'maybe'],
])('%s=%s is refused by name, with the value', (name, value) => {
  expect(problemsOf({ [name]: value })).toEqual([
    expect.stringMatching(new RegExp(`^${name} must .*${escaped(value)}`)),
  ]);
});

test('all problems come at once', () => {
  const problems = problemsOf({ PORT: 'x', LOG_LEVEL: 'y', UPDATE_TARGET: 'z' });
  expect(problems.map((problem) => problem.split(' ')[0])).toEqual(['PORT', 'LOG_LEVEL', 'UPDATE_TARGET']);
  expect(new ConfigError(problems).message.split('\n')).toHaveLength(4);
});

test('a key that could be guessed is refused', () => {
  expect(problemsOf({ ADMIN_API_KEY: 'fifteen-letters' })).toEqual(['ADMIN_API_KEY must have at least 16 characters']);
});

test('a key is never repeated', () => {
  const problems = problemsOf({ TMDB_API_KEY: 'my secret', ADMIN_API_KEY: 'an other that is long' });
  expect(problems).toHaveLength(2);
  expect(problems.join()).not.toMatch(/secret|other/);
});

test('rate and concurrency together stay within the limit of TMDB', () => {
  expect(problemsOf({ TMDB_REQUESTS_PER_SECOND: '39', TMDB_CONCURRENCY: '2' })).toEqual([
    expect.stringContaining('TMDB_CONCURRENCY'),
  ]);
  expect(parseConfig({ TMDB_REQUESTS_PER_SECOND: '39', TMDB_CONCURRENCY: '1' }).tmdb.rate).toBe(39);
});

test('.env adds what the environment lacks', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'cinematch-'));
  const before = process.cwd();
  writeFileSync(path.join(folder, '.env'), 'PORT=1234\nLOG_LEVEL=debug\n');
  try {
    process.chdir(folder);
    expect(loadConfig({ PORT: '4321' })).toMatchObject({ port: 4321, logLevel: 'debug' });
    expect(process.env.LOG_LEVEL).not.toBe('debug');
  } finally {
    process.chdir(before);
    rmSync(folder, { recursive: true });
  }
});

function escaped(value: string): string {
  return JSON.stringify(value).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
