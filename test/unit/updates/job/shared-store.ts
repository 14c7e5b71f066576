import { BroadcastChannel } from 'node:worker_threads';
import { EngineError, type EngineErrorCode } from '../../../../src/engine/engine-error';
import type { MovieStore } from '../../../../src/engine/movie-store';

/*
 * One fake store for the main thread and the workers of a test. The embedded engine is shared by the process itself; a fake
 * lives in one thread, so a worker calls it through a channel that is named like the data directory.
 */

interface Call {
  id: number;
  /** Worker that calls. */
  from: string;
  target: 'store' | 'records';
  method: string;
  args: unknown[];
}

interface Reply {
  id: number;
  to: string;
  value?: unknown;
  error?: { code?: EngineErrorCode; message: string };
}

type Methods = Record<string, (...args: unknown[]) => Promise<unknown>>;

/** Answers the workers' calls; returns what ends it. */
export function shareStore(store: MovieStore, name: string): () => void {
  const channel = new BroadcastChannel(name);
  channel.onmessage = async (event) => {
    const call = (event as { data: Call }).data;
    if (call.method === undefined) return;
    const target = (call.target === 'store' ? store : store.records) as unknown as Methods;
    const reply: Reply = { id: call.id, to: call.from };
    try {
      reply.value = await target[call.method]?.(...call.args);
    } catch (error) {
      reply.error = { ...(error instanceof EngineError && { code: error.code }), message: (error as Error).message };
    }
    channel.postMessage(reply);
  };
  return () => channel.close();
}

/** The shared store as a worker sees it; the module of a StoreAddress. */
export async function attachStore(name: string): Promise<MovieStore> {
  const channel = new BroadcastChannel(name);
  channel.unref();
  const from = `${process.pid}-${Math.random()}`;
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  channel.onmessage = (event) => {
    const reply = (event as { data: Reply }).data;
    if (reply.to !== from) return;
    const { resolve, reject } = waiting.get(reply.id) ?? {};
    waiting.delete(reply.id);
    if (reply.error === undefined) resolve?.(reply.value);
    else
      reject?.(
        reply.error.code ? new EngineError(reply.error.code, reply.error.message) : new Error(reply.error.message),
      );
  };
  let calls = 0;
  const proxy = (target: Call['target'], more: object) =>
    new Proxy(more, {
      get: (known, method) =>
        Reflect.get(known, method) ??
        (method === 'then'
          ? undefined
          : (...args: unknown[]) =>
              new Promise((resolve, reject) => {
                calls += 1;
                waiting.set(calls, { resolve, reject });
                channel.postMessage({ id: calls, from, target, method: String(method), args } satisfies Call);
              })),
    });
  return proxy('store', { records: proxy('records', {}) }) as MovieStore;
}
