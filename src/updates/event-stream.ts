import type { Request, Response } from 'express';
import { isOver, type Update } from './job/update';
import { finalEventId, type UpdateEvent, type UpdateEvents } from './job/update-events';

/** A comment this often keeps proxies from closing a quiet stream. */
const HEARTBEAT_MS = 15_000;
/** A client that reads this far behind is let go; it can come back with its Last-Event-ID. */
const MAX_BEHIND_BYTES = 1024 * 1024;

/**
 * Answers with the events of an update (WHATWG HTML, "Server-sent events"): those after the request's Last-Event-ID, or, where
 * they are not known any more, the whole update first. The stream ends with the update; a client that has seen the end gets
 * 204, which tells an EventSource to stay away.
 */
export function streamEvents(
  request: Request,
  response: Response,
  update: Update,
  events: UpdateEvents | undefined,
): void {
  const lastId = lastEventId(request);
  if (events === undefined) return sendOutcome(response, update, lastId);
  open(response);
  const send = (event: UpdateEvent) => {
    response.write(format(event));
    if (response.writableLength > MAX_BEHIND_BYTES) response.destroy();
  };
  const missed = lastId === undefined ? undefined : events.since(lastId);
  for (const event of missed ?? [{ id: Math.max(events.last, lastId ?? 0), name: 'update' as const, data: update }])
    send(event);
  const unsubscribe = events.subscribe((event) => (event === 'end' ? response.end() : send(event)));
  const heartbeat = setInterval(() => response.write(': still there\n\n'), HEARTBEAT_MS);
  response.on('close', () => {
    clearInterval(heartbeat);
    unsubscribe();
  });
}

/** The one event of an update that is over. */
function sendOutcome(response: Response, update: Update, lastId: number | undefined): void {
  const id = finalEventId(update);
  if (isOver(update) && lastId !== undefined && lastId >= id) {
    response.status(204).end();
    return;
  }
  open(response);
  response.end(format({ id, name: 'update', data: update }));
}

function open(response: Response): void {
  response.status(200).set({
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store',
    'X-Accel-Buffering': 'no',
  });
  response.write('retry: 2000\n\n');
}

function format({ id, name, data }: UpdateEvent): string {
  return `id: ${id}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}

function lastEventId(request: Request): number | undefined {
  const header = request.get('last-event-id');
  return header !== undefined && /^\d{1,15}$/.test(header) ? Number(header) : undefined;
}
