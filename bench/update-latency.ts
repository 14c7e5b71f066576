import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Client } from 'undici';
import { generateFilms } from '../test/tmdb-stub/generate-films';
import { readFilms, type StubFilm } from '../test/tmdb-stub/stub-film';

const USAGE = `Search latency while an update runs, against its value while none does.

  npm run bench:update -- [--films FILE] [--data-dir DIR] [--target 2000] [--idle-seconds 20]

  --films FILE     films that the stub of TMDB serves, as "cinematch import" takes them; invented ones by default
  --data-dir DIR   a catalogue to begin with: it is changed, so name a copy. The bundled films by default.
  --target N       films of the update; each is embedded, because its overview is changed
  Needs a built project (npm run build) and the model; the server is started with the environment as it is.`;

const ADMIN_KEY = 'bench-key-of-this-run';
const ROOT = join(__dirname, '..');
const WARM_UP_SECONDS = 3;

interface Delay {
  p50: number;
  p99: number;
  max: number;
}

interface Measured {
  latencies: number[];
  failed: number;
  delay: Delay;
}

interface UpdateView {
  state: string;
  progress: { done: number; new: number; updated: number; unchanged: number; failed: number };
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      films: { type: 'string' },
      'data-dir': { type: 'string' },
      target: { type: 'string', default: '2000' },
      'idle-seconds': { type: 'string', default: '20' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(USAGE);
  const target = Number(values.target);
  const folder = mkdtempSync(join(tmpdir(), 'cinematch-bench-'));
  const children: ChildProcess[] = [];
  try {
    const films = (values.films ? readFilms(values.films) : generateFilms(target)).map(changed);
    const filmsFile = join(folder, 'films.jsonl');
    writeFileSync(filmsFile, films.map((film) => JSON.stringify(film)).join('\n'));
    const stub = start(children, 'test/tmdb-stub/main.ts', ['--films', filmsFile, '--port', '0']);
    const [tmdb] = await firstMatch(stub, /TMDB_BASE_URL=(\S+)/);
    const server = startServer(children, values['data-dir'] ?? join(folder, 'data'), tmdb as string);
    const [url] = await firstMatch(server, /"url":"([^"]+)"/);
    await measure(server, url as string, films, Number(values['idle-seconds']), target);
  } finally {
    for (const child of children) child.kill('SIGTERM');
    await Promise.all(children.map((child) => child.exitCode ?? new Promise((resolve) => child.once('exit', resolve))));
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The film with a sentence more, so that its text has to be embedded whatever the catalogue holds. */
function changed(film: StubFilm): StubFilm {
  return { ...film, overview: `${film.overview} Told again at ${new Date().toISOString()}.` };
}

function start(children: ChildProcess[], script: string, args: string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  const preload = script.endsWith('.ts') ? './test/tmdb-stub/register-typescript.js' : './bench/event-loop-delay.js';
  const child = spawn(process.execPath, ['-r', preload, script, ...args], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  children.push(child);
  return child;
}

function startServer(children: ChildProcess[], dataDir: string, tmdb: string): ChildProcess {
  return start(children, 'bin/cinematch.js', ['serve', '--port', '0', '--host', '127.0.0.1'], {
    DATA_DIR: dataDir,
    TMDB_BASE_URL: tmdb,
    TMDB_API_KEY: 'bench',
    ADMIN_API_KEY: ADMIN_KEY,
  });
}

/** What the first line that fits captures; the lines behind it are read and dropped. */
function firstMatch(child: ChildProcess, pattern: RegExp): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
    lines.on('line', (line) => {
      const found = pattern.exec(line);
      if (found) resolve(found.slice(1));
    });
    child.once('exit', (code) => reject(new Error(`${child.spawnargs.join(' ')} ended with ${code}`)));
  });
}

async function measure(
  server: ChildProcess,
  url: string,
  films: StubFilm[],
  idleSeconds: number,
  target: number,
): Promise<void> {
  const client = new Client(url);
  const questions = distinctQuestions(films);
  try {
    await ask(client, questions, after(WARM_UP_SECONDS));
    await eventLoopDelay(server);
    const idle = { ...(await ask(client, questions, after(idleSeconds))), delay: await eventLoopDelay(server) };
    const before = performance.now();
    const updating = runUpdate(url, target);
    const during = { ...(await ask(client, questions, updating)), delay: await eventLoopDelay(server) };
    report(idle, during, await updating, (performance.now() - before) / 1_000);
  } finally {
    await client.close();
  }
}

const after = (seconds: number) => sleep(seconds * 1_000);

/** Phrases of the films' overviews, each with a word of its own, so that no answer can be remembered. */
function* distinctQuestions(films: readonly StubFilm[]): Generator<string> {
  for (let round = 0; ; round += 1) {
    for (const { overview, tmdb_id } of films) {
      const words = overview.split(/\s+/);
      const start = (round * 5) % Math.max(words.length - 8, 1);
      yield `${words.slice(start, start + 8).join(' ')} ${tmdb_id} ${round}`;
    }
  }
}

/** Asks one question after the other over one connection until the promise is settled. */
async function ask(
  client: Client,
  questions: Generator<string>,
  until: Promise<unknown>,
): Promise<Omit<Measured, 'delay'>> {
  const latencies: number[] = [];
  let failed = 0;
  let over = false;
  const end = () => {
    over = true;
  };
  void until.then(end, end);
  while (!over) {
    const body = JSON.stringify({ query: questions.next().value, k: 10 });
    const begun = performance.now();
    try {
      const answer = await client.request({
        method: 'POST',
        path: '/search',
        headers: { 'content-type': 'application/json' },
        body,
      });
      const hits = (await answer.body.json()) as unknown[];
      if (answer.statusCode !== 200 || hits.length === 0) failed += 1;
    } catch {
      failed += 1;
    }
    latencies.push(performance.now() - begun);
  }
  return { latencies: latencies.sort((a, b) => a - b), failed };
}

/** The delay since the last call. */
function eventLoopDelay(server: ChildProcess): Promise<Delay> {
  return new Promise((resolve) => {
    server.once('message', (delay) => resolve(delay as Delay));
    server.send('delay');
  });
}

/** Triggers an update and follows it to its end. */
async function runUpdate(url: string, target: number): Promise<UpdateView> {
  const headers = { authorization: `Bearer ${ADMIN_KEY}`, 'content-type': 'application/json' };
  const started = await fetch(`${url}/admin/trigger-update`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ target, min_rating: 0, min_votes: 0 }),
  });
  const path = started.headers.get('location');
  if (!started.ok || path === null) throw new Error(`the trigger answered ${started.status}: ${await started.text()}`);
  for (;;) {
    await after(1);
    const update = (await (await fetch(url + path, { headers })).json()) as UpdateView;
    if (['succeeded', 'failed', 'cancelled'].includes(update.state)) return update;
  }
}

function report(idle: Measured, during: Measured, { state, progress }: UpdateView, seconds: number): void {
  const row = (name: string, { latencies, failed, delay }: Measured) =>
    [
      name.padEnd(8),
      String(latencies.length).padStart(8),
      String(failed).padStart(7),
      ...[0.5, 0.9, 0.99, 1].map((share) => percentile(latencies, share).toFixed(2).padStart(8)),
      ...[delay.p50, delay.p99, delay.max].map((value) => value.toFixed(2).padStart(9)),
    ].join('');
  const ratio = percentile(during.latencies, 0.99) / percentile(idle.latencies, 0.99);
  console.log(
    `update: ${state} in ${seconds.toFixed(1)} s, ${progress.new} new, ${progress.updated} updated, ${progress.unchanged} unchanged, ${progress.failed} failed\n`,
  );
  console.log('         requests  failed  p50 ms  p90 ms  p99 ms  max ms  loop p50  loop p99  loop max');
  console.log(row('idle', idle));
  console.log(row('update', during));
  console.log('');
  const goals: [string, boolean][] = [
    [`p99 during the update is ${ratio.toFixed(2)} times the idle p99 (at most 2)`, ratio <= 2],
    [`${during.failed} requests failed (none)`, during.failed === 0],
    [
      `event loop delay p99 during the update ${during.delay.p99.toFixed(2)} ms (less than 20 ms)`,
      during.delay.p99 < 20,
    ],
    ['the update succeeded, and every film of it was embedded', state === 'succeeded' && progress.unchanged === 0],
  ];
  for (const [text, met] of goals) console.log(`${met ? 'met   ' : 'MISSED'}  ${text}`);
  if (goals.some(([, met]) => !met)) process.exitCode = 1;
}

function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(Math.ceil(sorted.length * share), sorted.length) - 1] ?? Number.NaN;
}

main().catch((error: Error) => {
  console.error(error);
  process.exitCode = 1;
});
