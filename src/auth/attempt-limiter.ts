import { isIPv6 } from 'node:net';

/** Failed attempts of an address within the window before it has to wait. */
const MAX_FAILURES = 10;
const WINDOW_MS = 60_000;
/** Addresses that are remembered; beyond, the one that failed first is forgotten. */
const MAX_ADDRESSES = 10_000;

interface Attempts {
  failures: number;
  /** When the window ends. */
  until: number;
}

/** Counts failed attempts by address. */
export class AttemptLimiter {
  private readonly attempts = new Map<string, Attempts>();

  constructor(private readonly now: () => number = Date.now) {}

  /** Seconds that the address has to wait, or 0. */
  wait(address: string): number {
    const attempts = this.attempts.get(network(address));
    if (attempts === undefined || attempts.failures < MAX_FAILURES) return 0;
    return Math.max(0, Math.ceil((attempts.until - this.now()) / 1_000));
  }

  fail(address: string): void {
    const key = network(address);
    const known = this.attempts.get(key);
    if (known !== undefined && known.until > this.now()) {
      known.failures += 1;
      return;
    }
    this.attempts.delete(key);
    this.attempts.set(key, { failures: 1, until: this.now() + WINDOW_MS });
    const oldest = this.attempts.keys().next().value;
    if (this.attempts.size > MAX_ADDRESSES && oldest !== undefined) this.attempts.delete(oldest);
  }
}

/** One holder has a whole /64 of IPv6; an IPv4 address mapped into IPv6 is that IPv4 address. */
function network(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped) return mapped[1] as string;
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.split('%', 1)[0]?.split('::') ?? [];
  const left = head.split(':').filter((group) => group !== '');
  const right = tail?.split(':').filter((group) => group !== '') ?? [];
  const zeros = new Array<string>(tail === undefined ? 0 : Math.max(8 - left.length - right.length, 0)).fill('0');
  return [...left, ...zeros, ...right].slice(0, 4).join(':');
}
