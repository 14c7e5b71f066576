import { type Clock, RateLimiter } from '../../../src/tmdb/rate-limiter';
import { busiestSecond } from '../../tmdb-stub/rate-window';

/** A clock that only moves when told. */
class FakeClock implements Clock {
  private time = 0;
  private timers: { at: number; callback: () => void }[] = [];

  now(): number {
    return this.time;
  }

  after(milliseconds: number, callback: () => void): () => void {
    const timer = { at: this.time + milliseconds, callback };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((other) => other !== timer);
    };
  }

  async advance(milliseconds: number): Promise<void> {
    const end = this.time + milliseconds;
    for (;;) {
      await settled();
      const next = this.timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      this.timers = this.timers.filter((timer) => timer !== next);
      this.time = Math.max(this.time, next.at);
      next.callback();
    }
    this.time = end;
  }
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
}

/** Starts `count` callers that each hold their place for `work` milliseconds; the times at which they started. */
function callers(limiter: RateLimiter, clock: FakeClock, count: number, work: number): number[] {
  const starts: number[] = [];
  for (let caller = 0; caller < count; caller += 1) {
    void limiter.acquire().then(() => {
      starts.push(clock.now());
      clock.after(work, () => limiter.release());
    });
  }
  return starts;
}

describe('RateLimiter', () => {
  it.each([
    [30, 8, 10],
    [30, 8, 400],
    [32, 8, 0],
    [1, 1, 5],
    [39, 1, 1],
  ])(
    'never starts more than %i in any second, %i at a time, and starts that many if it can',
    async (rate, concurrency, work) => {
      const clock = new FakeClock();
      const starts = callers(new RateLimiter(rate, concurrency, clock), clock, rate * 10, work);
      await clock.advance(60_000);
      expect(starts).toHaveLength(rate * 10);
      expect(busiestSecond(starts)).toBeLessThanOrEqual(rate);
      const ideal = Math.max(9_000, ((rate * 10) / concurrency - 1) * work);
      expect(starts.at(-1)).toBeLessThanOrEqual(ideal * 1.2 + 100);
    },
  );

  it('keeps the rate after a time of rest', async () => {
    const clock = new FakeClock();
    const limiter = new RateLimiter(30, 8, clock);
    const before = callers(limiter, clock, 20, 1);
    await clock.advance(900);
    const after = callers(limiter, clock, 60, 1);
    await clock.advance(5_000);
    expect(busiestSecond([...before, ...after])).toBe(30);
  });

  it('has no more under way than allowed', async () => {
    const clock = new FakeClock();
    const starts = callers(new RateLimiter(30, 3, clock), clock, 9, 2_000);
    await clock.advance(1_999);
    expect(starts).toHaveLength(3);
    await clock.advance(1);
    expect(starts).toHaveLength(6);
  });

  it('starts nothing while it is paused', async () => {
    const clock = new FakeClock();
    const limiter = new RateLimiter(30, 8, clock);
    limiter.pause(2_000);
    const starts = callers(limiter, clock, 3, 1);
    await clock.advance(1_999);
    expect(starts).toEqual([]);
    await clock.advance(1);
    expect(starts).toEqual([2_000, 2_000, 2_000]);
  });

  it('lets a caller who gives up go, and not take the place of another', async () => {
    const clock = new FakeClock();
    const limiter = new RateLimiter(30, 1, clock);
    await limiter.acquire();
    const controller = new AbortController();
    const given = expect(limiter.acquire(controller.signal)).rejects.toMatchObject({ kind: 'cancelled' });
    const other = limiter.acquire();
    controller.abort();
    await given;
    limiter.release();
    await other;
    await expect(limiter.acquire(controller.signal)).rejects.toMatchObject({ kind: 'cancelled' });
  });
});
