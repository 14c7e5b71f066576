import { setTimeout as sleep } from 'node:timers/promises';
import type { UpdateOptions } from '../updates/ingestion/options';
import { type Progress, progressSchema } from '../updates/ingestion/progress';
import { isOver, type Update, updateSchema } from '../updates/job/update';
import { CliError } from './cli-error';
import { type ServerClient, ServerUnreachable } from './server-client';
import { readEvents } from './sse';

const RECONNECT_MS = 1_000;
/** How long a server that restarts may be away. */
const MAX_RECONNECTS = 60;

export interface RemoteUpdateOptions {
  signal: AbortSignal;
  onJoined: () => void;
  onProgress: (progress: Progress) => void;
}

/**
 * Has a running server do an update and resolves with it when it is over. An interrupt cancels an update that this call
 * started and only lets go of one that it joined.
 */
export async function runRemoteUpdate(
  server: ServerClient,
  options: UpdateOptions,
  { signal, onJoined, onProgress }: RemoteUpdateOptions,
): Promise<Update> {
  const response = await server.request('POST', '/admin/trigger-update', options);
  await response.body?.cancel();
  const path = response.headers.get('location');
  if (!path) throw new CliError(`The server at ${server.url} did not say which update it started.`);
  const joined = response.headers.get('x-update') === 'joined';
  if (joined) onJoined();
  const letGo = new AbortController();
  const onAbort = () => {
    if (joined) letGo.abort();
    // Where the update is over already there is nothing to cancel.
    else server.request('DELETE', path).catch(() => {});
  };
  // The interrupt may have come while the server was asked.
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort, { once: true });
  await follow(server, path, letGo.signal, onProgress);
  return server.json(updateSchema, 'GET', path);
}

/** Reads the events until the update is over, over broken connections. */
async function follow(
  server: ServerClient,
  path: string,
  signal: AbortSignal,
  onProgress: (progress: Progress) => void,
): Promise<void> {
  let lastId: string | undefined;
  for (let failures = 0; !signal.aborted; ) {
    try {
      const headers = lastId === undefined ? {} : { 'Last-Event-ID': lastId };
      const response = await server.request('GET', `${path}/events`, undefined, headers, signal);
      if (response.status === 204 || !response.body) return;
      for await (const event of readEvents(piecesOf(response.body, server.url))) {
        failures = 0;
        lastId = event.id ?? lastId;
        if (event.event === 'progress') onProgress(progressSchema.parse(JSON.parse(event.data)));
        if (event.event === 'update' && isOver(updateSchema.parse(JSON.parse(event.data)))) return;
        if (signal.aborted) return;
      }
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof ServerUnreachable) || ++failures > MAX_RECONNECTS) throw error;
    }
    await sleep(RECONNECT_MS);
  }
}

/** The pieces of a body; a connection that breaks is told apart from a piece that cannot be understood. */
async function* piecesOf(body: ReadableStream<Uint8Array>, url: string): AsyncGenerator<Uint8Array> {
  try {
    yield* body as unknown as AsyncIterable<Uint8Array>;
  } catch (error) {
    throw new ServerUnreachable(`The connection to ${url} broke (${(error as Error).message}).`);
  }
}
