import { backoff, retryAfterMs } from '../../../src/tmdb/retry';

describe('backoff', () => {
  it('doubles its range with every attempt up to a limit, and draws from all of it', () => {
    expect([1, 2, 3, 4].map((attempt) => backoff(attempt, 500, 0.999))).toEqual([499, 999, 1998, 3996]);
    expect(backoff(3, 500, 0)).toBe(0);
    expect(backoff(30, 500, 0.5)).toBe(10_000);
  });
});

describe('retryAfterMs', () => {
  const now = Date.parse('2026-01-31T07:00:00Z');

  it('reads seconds and dates', () => {
    expect(retryAfterMs('3', now)).toBe(3_000);
    expect(retryAfterMs('Sat, 31 Jan 2026 07:00:10 GMT', now)).toBe(10_000);
    expect(retryAfterMs('Sat, 31 Jan 2026 06:00:00 GMT', now)).toBe(0);
  });

  it('makes nothing of anything else', () => {
    expect(retryAfterMs(undefined, now)).toBeUndefined();
    expect(retryAfterMs('soon', now)).toBeUndefined();
  });
});
