import type { Update } from './update';

/** Events that are kept for subscribers who come back. */
const KEPT = 1_000;

/** Something that happened in an update. */
export interface UpdateEvent {
  /** Rises with every event, also over a restart of the server: it begins at the clock's milliseconds. */
  id: number;
  /** `update`: the whole update, at every change of its state; `progress`; `failure`: one film. */
  name: 'update' | 'progress' | 'failure';
  data: unknown;
}

type Listener = (event: UpdateEvent | 'end') => void;

/** The events of one update while it is under way. */
export class UpdateEvents {
  private readonly kept: UpdateEvent[] = [];
  private readonly listeners = new Set<Listener>();
  private lastId = 0;
  private ended = false;

  /** `leastId` keeps the last event behind all that were published within the millisecond of the end. */
  publish(name: UpdateEvent['name'], data: unknown, leastId = 0): void {
    this.lastId = Math.max(this.lastId + 1, Date.now(), leastId);
    const event = { id: this.lastId, name, data };
    this.kept.push(event);
    if (this.kept.length > KEPT) this.kept.shift();
    for (const listener of this.listeners) listener(event);
  }

  /** Nothing more will come. */
  end(): void {
    this.ended = true;
    for (const listener of this.listeners) listener('end');
    this.listeners.clear();
  }

  /** What was missed since `id`, or nothing where that cannot be told any more. */
  since(id: number): UpdateEvent[] | undefined {
    const oldest = this.kept[0];
    return oldest !== undefined && id >= oldest.id && id <= this.lastId
      ? this.kept.filter((event) => event.id > id)
      : undefined;
  }

  /** Id of the newest event. */
  get last(): number {
    return this.lastId;
  }

  /** Returns what ends the subscription. */
  subscribe(listener: Listener): () => void {
    if (this.ended) listener('end');
    else this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

/** The least id of an update's last event, known from its record alone; 0 before its end. */
export function finalEventId({ finished_at }: Update): number {
  return finished_at === null ? 0 : Date.parse(finished_at) + 1;
}
