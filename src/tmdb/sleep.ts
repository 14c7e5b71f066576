import { setTimeout as wait } from 'node:timers/promises';
import { cancelled } from './tmdb-error';

/** Waits; rejects with a cancelled TmdbError when the signal fires first. */
export async function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  try {
    await wait(milliseconds, undefined, signal === undefined ? {} : { signal });
  } catch {
    throw cancelled();
  }
}
