import type { ServerResponse } from 'node:http';

/** Lets so many answers through and keeps the others until it is opened: a test waits for them, not for a time to pass. */
export class Gate {
  private left = Infinity;
  private readonly waiting = new Map<ServerResponse, () => void>();
  private readonly watchers = new Set<() => void>();

  /** From now on only `after` more answers are sent. */
  close(after = 0): void {
    this.left = after;
  }

  /** Sends what waits, and everything that comes. */
  open(): void {
    this.left = Infinity;
    for (const send of this.waiting.values()) send();
    this.waiting.clear();
  }

  /** Resolves when so many requests wait for their answer. */
  held(count: number): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (this.waiting.size < count) return;
        this.watchers.delete(look);
        resolve();
      };
      this.watchers.add(look);
      look();
    });
  }

  /** Calls `send` now or when the gate opens; never where the one who asked is gone by then. */
  pass(response: ServerResponse, send: () => void): void {
    if (this.left > 0) {
      this.left -= 1;
      return send();
    }
    this.waiting.set(response, send);
    response.once('close', () => this.waiting.delete(response));
    for (const look of this.watchers) look();
  }
}
