import { openStores, type StoreListener } from '../compose';
import { type Config, loadConfig } from '../config';
import type { Stores } from '../store/stores';

/** What commands touch of the world; tests put their own in its place. */
export interface CliContext {
  /** The configuration, with these variables in place of the environment's. @throws ConfigError */
  loadConfig(overrides?: Record<string, string>): Config;
  openStores(config: Config, role: string, listener?: StoreListener): Promise<Stores>;
  env: NodeJS.ProcessEnv;
  stdout: Output;
  stderr: Output;
  /** Aborts at the first Ctrl-C (or SIGTERM); the second one ends the process. Call it once there is something to stop. */
  onInterrupt(): AbortSignal;
}

export interface Output {
  write(text: string): unknown;
  isTTY?: boolean;
  /** Width of a terminal. */
  columns?: number;
}

/** The context of this process. */
export function processContext(): CliContext {
  return {
    loadConfig: (overrides) => loadConfig({ ...process.env, ...overrides }),
    openStores,
    env: process.env,
    stdout: process.stdout,
    stderr: process.stderr,
    onInterrupt: interruptSignal,
  };
}

function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  for (const [name, number] of [
    ['SIGINT', 2],
    ['SIGTERM', 15],
  ] as const) {
    process.on(name, () => {
      // By convention a process that a signal ended exits with 128 and its number.
      if (controller.signal.aborted) process.exit(128 + number);
      controller.abort();
    });
  }
  return controller.signal;
}
