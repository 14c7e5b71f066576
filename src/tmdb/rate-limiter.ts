import { cancelled } from './tmdb-error';

/** Time as the limiter needs it; tests bring their own. */
export interface Clock {
  /** Milliseconds that never go back. */
  now(): number;
  /** Calls back once, not before the delay has passed as far as timers can tell; returns what undoes it. */
  after(milliseconds: number, callback: () => void): () => void;
}

const SYSTEM_CLOCK: Clock = {
  now: () => performance.now(),
  after(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** The window is a little longer than the second it stands for, so that no rounding of clocks shows more requests in one. */
const WINDOW_MS = 1_005;

interface Waiting {
  start(): void;
}

/**
 * Admits at most `rate` starts in any second (a sliding window over the last starts) and `concurrency` at a time, first come
 * first served. `release` ends what `acquire` began.
 */
export class RateLimiter {
  /** The last `rate` starts, oldest at `next`. */
  private readonly starts: number[];
  private next = 0;
  private running = 0;
  private pausedUntil = 0;
  private readonly queue = new Set<Waiting>();
  private wakeUp: (() => void) | undefined;

  constructor(
    private readonly rate: number,
    private readonly concurrency: number,
    private readonly clock: Clock = SYSTEM_CLOCK,
  ) {
    this.starts = new Array<number>(rate).fill(Number.NEGATIVE_INFINITY);
  }

  /** Resolves when the caller may start; rejects with a cancelled TmdbError when the signal fires first. */
  acquire(signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(cancelled());
      const waiting: Waiting = {
        start() {
          signal?.removeEventListener('abort', onAbort);
          resolve();
        },
      };
      const onAbort = () => {
        this.queue.delete(waiting);
        reject(cancelled());
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.queue.add(waiting);
      this.admit();
    });
  }

  release(): void {
    this.running -= 1;
    this.admit();
  }

  /** Nothing starts for this long: what TMDB asks for with Retry-After holds for every request. */
  pause(milliseconds: number): void {
    this.pausedUntil = Math.max(this.pausedUntil, this.clock.now() + milliseconds);
  }

  private admit(): void {
    this.wakeUp?.();
    this.wakeUp = undefined;
    for (const waiting of this.queue) {
      if (this.running >= this.concurrency) return;
      const now = this.clock.now();
      const free = Math.max(this.pausedUntil, (this.starts[this.next] as number) + WINDOW_MS);
      if (free > now) {
        this.wakeUp = this.clock.after(Math.ceil(free - now), () => this.admit());
        return;
      }
      this.queue.delete(waiting);
      this.starts[this.next] = now;
      this.next = (this.next + 1) % this.rate;
      this.running += 1;
      waiting.start();
    }
  }
}
