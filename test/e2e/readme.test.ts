import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { ROOT, removeTemporaryDirs, temporaryDir } from '../native/engine-files';
import { ADMIN_KEY, ServerProcess } from './server-process';

const run = promisify(execFile);

/** The README's `sh` blocks that ask a server with curl, each with the `json` block that follows it at once. */
const EXAMPLES = [
  ...readFileSync(path.join(ROOT, 'README.md'), 'utf8').matchAll(
    /```sh\n(curl [\s\S]*?)```\n(?:\n```json\n([\s\S]*?)```)?/g,
  ),
]
  .map(([, command = '', json]) => ({ command: command.trim(), json }))
  .filter(
    ({ command }) =>
      command.includes('http://localhost:8000') && !command.includes('$UPDATE') && !command.includes('-X POST'),
  );

let server: ServerProcess;

beforeAll(async () => {
  server = await ServerProcess.start(temporaryDir());
});

afterAll(async () => {
  await server?.end();
  removeTemporaryDirs();
});

test('the README has examples of every public route', () => {
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

test.each(EXAMPLES)('$command', async ({ command, json }) => {
  const here = command.replaceAll('http://localhost:8000', server.url);
  const { stdout } = await run('bash', ['-c', here], { env: { PATH: process.env.PATH, ADMIN_KEY } });
  const answer = JSON.parse(stdout);
  if (json) expect(shapeOf(answer)).toEqual(shapeOf(JSON.parse(json)));
});

/** Names and types, without the values; of a list, its first element. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf);
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shapeOf(inner)]));
}
