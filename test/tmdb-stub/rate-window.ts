const WINDOW_MS = 1_000;

/** The largest number of times within any one second; `times` in milliseconds, rising. */
export function busiestSecond(times: readonly number[]): number {
  let most = 0;
  let start = 0;
  for (const [end, time] of times.entries()) {
    while (time - (times[start] as number) >= WINDOW_MS) start += 1;
    most = Math.max(most, end - start + 1);
  }
  return most;
}
