import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export const ROOT = join(__dirname, '..', '..');
export const ADMIN_KEY = 'key-of-the-end-to-end-tests';

/** Variables with which a built `cinematch` runs in a test: nothing of the caller's settings but where the model is. */
export function cinematchEnvironment(variables: Record<string, string>): NodeJS.ProcessEnv {
  const { PATH, HOME, SystemRoot, CINEMATCH_TEST_MODEL_DIR, CINEMATCH_TEST_ORT_LIBRARY, MODEL_DIR, ORT_LIBRARY } =
    process.env;
  return {
    PATH,
    HOME,
    SystemRoot,
    MODEL_DIR: CINEMATCH_TEST_MODEL_DIR ?? MODEL_DIR,
    ORT_LIBRARY: CINEMATCH_TEST_ORT_LIBRARY ?? ORT_LIBRARY,
    ...variables,
  };
}

/** A server in a process of its own. */
export class ServerProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  /** Resolves when it listens. */
  static start(variables: Record<string, string>): Promise<ServerProcess> {
    const child = spawn(process.execPath, ['bin/cinematch.js', 'serve'], {
      cwd: ROOT,
      env: cinematchEnvironment({ PORT: '0', HOST: '127.0.0.1', ADMIN_API_KEY: ADMIN_KEY, ...variables }),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return new Promise((resolve, reject) => {
      const told: string[] = [];
      child.stderr?.on('data', (text) => told.push(String(text)));
      createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
        told.push(line);
        const url = /"url":"([^"]+)"/.exec(line)?.[1];
        if (url !== undefined) resolve(new ServerProcess(child, url));
      });
      child.once('exit', (code) => reject(new Error(`The server ended with ${code}:\n${told.slice(-20).join('\n')}`)));
    });
  }

  /** The JSON of a route; rejects where the answer is not a success. */
  async json<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await this.request(method, path, body);
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as T;
  }

  request(method: string, path: string, body?: unknown): Promise<Response> {
    return fetch(new URL(path, this.url), {
      method,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${ADMIN_KEY}` },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }

  /** `SIGTERM` lets it end in order, `SIGKILL` does not. Resolves with its exit code when it is gone, or if it is gone already. */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
    const { exitCode, signalCode } = this.child;
    if (exitCode === null && signalCode === null) {
      const gone = once(this.child, 'exit');
      this.child.kill(signal);
      await gone;
    }
    return this.child.exitCode;
  }
}
