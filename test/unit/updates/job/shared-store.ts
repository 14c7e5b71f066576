import { BroadcastChannel } from 'node:worker_threads';
import type { MovieStore } from '../../../../src/store/movie-store';
import type { RecordStore } from '../../../../src/store/record-store';
import { StoreError, type StoreErrorCode } from '../../../../src/store/store-error';
import type { Stores } from '../../../../src/store/stores';

/*
 * One fake store for the main thread and the workers of a test. The embedded engine is shared by the process itself; a fake
 * lives in one thread, so a worker calls it through a channel that is named like the data directory.
 */

interface Call {
  id: number;
  /** Worker that calls. */
  from: string;
  target: 'movies' | 'records';
  method: string;
  args: unknown[];
}

interface Reply {
  id: number;
  to: string;
  value?: unknown;
  error?: { code?: StoreErrorCode; message: string };
}

type Methods = Record<string, (...args: unknown[]) => Promise<unknown>>;

/** Answers the workers' calls; returns what ends it. */
export function shareStores({ movies, records }: Stores, name: string): () => void {
  const channel = new BroadcastChannel(name);
  channel.onmessage = async (event) => {
    const call = (event as { data: Call }).data;
    if (call.method === undefined) return;
    const target = (call.target === 'movies' ? movies : records) as unknown as Methods;
    const reply: Reply = { id: call.id, to: call.from };
    try {
      reply.value = await target[call.method]?.(...call.args);
    } catch (error) {
      reply.error = { ...(error instanceof StoreError && { code: error.code }), message: (error as Error).message };
    }
    channel.postMessage(reply);
  };
  return () => channel.close();
}

/** The shared store as a worker sees it; the module of a StoreAddress. */
export async function attachStores(name: string): Promise<Stores> {
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
        reply.error.code ? new StoreError(reply.error.code, reply.error.message) : new Error(reply.error.message),
      );
  };
  let calls = 0;
  const proxy = (target: Call['target']) =>
    new Proxy(
      {},
      {
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
      },
    );
  const [movies, records] = [proxy('movies'), proxy('records')] as unknown as [MovieStore, RecordStore];
  return { movies, records, close: async () => channel.close() };
}
