import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { documents } from '../fixtures/documents';
import { removeTemporaryDirs, temporaryDir } from '../native/engine-files';
import { ADMIN_KEY, ServerProcess } from './server-process';

const run = promisify(execFile);

/** Scores differ from one processor to another by less than this. */
const SCORE_TOLERANCE = 0.02;

/** The `sh` blocks of the documents that ask a server with curl, each with the `json` block that follows it at once. */
const EXAMPLES = documents().flatMap(({ file, text }) =>
  [...text.matchAll(/```sh\n(curl [\s\S]*?)```\n(?:\n```json\n([\s\S]*?)```)?/g)]
    .map(([, command = '', json]) => ({ file: path.basename(file), command: command.trim(), json }))
    .filter(
      ({ command }) =>
        command.includes('http://localhost:8000') && !command.includes('$UPDATE') && !command.includes('-X POST'),
    ),
);

let server: ServerProcess;

beforeAll(async () => {
  server = await ServerProcess.start(temporaryDir());
});

afterAll(async () => {
  await server?.end();
  removeTemporaryDirs();
});

test('the documents have examples of every public route', () => {
  const all = EXAMPLES.map(({ command }) => command).join('\n');
  for (const route of [
    '/ ',
    '/search ',
    '/search/batch',
    '/recommend/vibe',
    '/recommend/user',
    '/recommend/movie/',
    '/movies',
    '/health/ready',
  ])
    expect(`${all.replaceAll("'", ' ')}\n`.replaceAll('\n', ' ')).toContain(`localhost:8000${route}`);
});

test.each(EXAMPLES)('$file: $command', async ({ command, json }) => {
  const here = command.replaceAll('http://localhost:8000', server.url);
  const { stdout } = await run('bash', ['-c', here], { env: { PATH: process.env.PATH, ADMIN_KEY } });
  const answer = JSON.parse(stdout);
  if (!json) return;
  const shown = JSON.parse(json);
  expect(shapeOf(answer)).toEqual(shapeOf(shown));
  expectSameHits(hitsOf(answer), hitsOf(shown));
});

/** Names and types, without the values; of a list, its first element. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf);
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shapeOf(inner)]));
}

interface Hit {
  movie_id: number;
  score: number;
}

/** The films with scores of a plain list or of an object with `results`; of any other answer none. */
function hitsOf(answer: { results?: unknown }): Hit[] {
  const list: unknown = Array.isArray(answer) ? answer : answer.results;
  return Array.isArray(list) && list.every((hit) => 'score' in hit) ? list : [];
}

/** The same scores at every place, and the same films but for those that another has nearly the score of. */
function expectSameHits(hits: readonly Hit[], shown: readonly Hit[]): void {
  for (const [place, { movie_id, score }] of shown.entries()) {
    const hit = hits[place];
    expect(Math.abs((hit?.score ?? 0) - score)).toBeLessThan(SCORE_TOLERANCE);
    const near = shown.filter((other) => Math.abs(other.score - score) < SCORE_TOLERANCE).length > 1;
    if (!near) expect(hit?.movie_id).toBe(movie_id);
  }
}
