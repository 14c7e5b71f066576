import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { ROOT, testSetting } from '../native/engine-files';

/** A real server in a process of its own. */
export class TestServer {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    readonly log: string[],
  ) {}

  /** Resolves once the server listens on a free port; rejects with its output where it ends before. */
  static start(dataDir: string, environment: Record<string, string> = {}): Promise<TestServer> {
    const child = spawn(process.execPath, [path.join(ROOT, 'bin', 'cinematch.js'), 'serve'], {
      cwd: dataDir, // no .env of the developer
      env: {
        PATH: process.env.PATH,
        DATA_DIR: dataDir,
        HOST: '127.0.0.1',
        PORT: '0',
        MODEL_DIR: testSetting('CINEMATCH_TEST_MODEL_DIR'),
        ORT_LIBRARY: testSetting('CINEMATCH_TEST_ORT_LIBRARY'),
        ADMIN_API_KEY: ADMIN_KEY,
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const log: string[] = [];
    return new Promise((resolve, reject) => {
      const take = (line: string) => {
        log.push(line);
        const url = /"url":"(http[^"]+)","movies"/.exec(line)?.[1];
        if (url) resolve(new TestServer(child, url, log));
      };
      for (const stream of [child.stdout, child.stderr]) createInterface(stream).on('line', take);
      child.on('close', (code) => reject(new Error(`the server ended with ${code}:\n${log.join('\n')}`)));
    });
  }

  /** Asks the server to stop; resolves with its exit code, or the signal that ended it. */
  stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | NodeJS.Signals | null> {
    return new Promise((resolve) => {
      if (this.child.exitCode !== null) return resolve(this.child.exitCode);
      this.child.on('close', (code, by) => resolve(code ?? by));
      this.child.kill(signal);
    });
  }
}

export const ADMIN_KEY = 'e2e-admin-key-of-the-tests-0123456789';
