import { type ChildProcess, spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { ROOT, testSetting } from '../native/engine-files';

export const ADMIN_KEY = 'e2e-admin-key-of-the-tests-0123456789';

type Ending = number | NodeJS.Signals | null;

/** How a command ended, and all that it wrote. */
export interface Outcome {
  ending: Ending;
  stdout: string;
  stderr: string;
}

/** A built `cinematch` in a process of its own, with none of the developer's settings but where the model is. */
function spawnCinematch(args: string[], variables: Record<string, string>): ChildProcess {
  return spawn(process.execPath, [path.join(ROOT, 'bin', 'cinematch.js'), ...args], {
    cwd: tmpdir(), // no .env of the developer
    env: {
      PATH: process.env.PATH,
      MODEL_DIR: testSetting('CINEMATCH_TEST_MODEL_DIR'),
      ORT_LIBRARY: testSetting('CINEMATCH_TEST_ORT_LIBRARY'),
      ...variables,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Runs a command to its end; `watch` may end it before. */
export function cinematch(
  args: string[],
  variables: Record<string, string>,
  watch: (child: ChildProcess) => void = () => {},
): Promise<Outcome> {
  const child = spawnCinematch(args, variables);
  const written = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream]?.setEncoding('utf8').on('data', (text: string) => {
      written[stream] += text;
    });
  watch(child);
  return new Promise((resolve) => child.on('close', (code, by) => resolve({ ending: code ?? by, ...written })));
}

/** What a server of a test runs with: a free port of the loopback, and the tests' admin key. */
export function serverVariables(dataDir: string, variables: Record<string, string>): Record<string, string> {
  return { DATA_DIR: dataDir, HOST: '127.0.0.1', PORT: '0', ADMIN_API_KEY: ADMIN_KEY, ...variables };
}

/** A server in a process of its own. */
export class ServerProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    /** Everything that it wrote, by line. */
    readonly log: readonly string[],
  ) {}

  /** Resolves once the server listens, on a free port; rejects with its output where it ends before. */
  static start(dataDir: string, variables: Record<string, string> = {}): Promise<ServerProcess> {
    const child = spawnCinematch(['serve'], serverVariables(dataDir, variables));
    const log: string[] = [];
    return new Promise((resolve, reject) => {
      const take = (line: string) => {
        log.push(line);
        const url = /"url":"(http[^"]+)","movies"/.exec(line)?.[1];
        if (url) resolve(new ServerProcess(child, url, log));
      };
      for (const stream of [child.stdout, child.stderr])
        createInterface(stream as NodeJS.ReadableStream).on('line', take);
      child.on('close', (code) => reject(new Error(`the server ended with ${code}:\n${log.slice(-20).join('\n')}`)));
    });
  }

  /** The JSON of a route; rejects where the answer is not a success. */
  async json<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await this.request(method, path, body);
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as T;
  }

  /** A request with the admin key. */
  request(method: string, path: string, body?: unknown): Promise<Response> {
    return fetch(new URL(path, this.url), {
      method,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${ADMIN_KEY}` },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }

  /** Resolves with its exit code, or the signal that ended it, when it is gone; at once where it is gone already. */
  end(signal: NodeJS.Signals = 'SIGTERM'): Promise<Ending> {
    return new Promise((resolve) => {
      const { exitCode, signalCode } = this.child;
      if (exitCode !== null || signalCode !== null) return resolve(exitCode ?? signalCode);
      this.child.on('close', (code, by) => resolve(code ?? by));
      this.child.kill(signal);
    });
  }
}
