/** The longest wait between two attempts. */
const MAX_BACKOFF_MS = 20_000;
/** The longest Retry-After that is waited for; beyond it the request fails as rate limited. */
export const MAX_RETRY_AFTER_MS = 120_000;

/**
 * Milliseconds before attempt number `attempt` + 1: exponential with full jitter (Marc Brooker, "Exponential Backoff And
 * Jitter", AWS Architecture Blog, 2015). `random` is in [0, 1).
 */
export function backoff(attempt: number, baseMs: number, random: number): number {
  return Math.floor(random * Math.min(MAX_BACKOFF_MS, baseMs * 2 ** (attempt - 1)));
}

/** Milliseconds that a Retry-After header asks for (seconds or an HTTP date, RFC 9110 section 10.2.3), where it can be read. */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  const text = header.trim();
  if (/^\d+$/.test(text)) return Number(text) * 1_000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
