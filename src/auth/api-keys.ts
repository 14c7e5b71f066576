import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { RecordStore } from '../store/record-store';

const COLLECTION = 'api_keys';
const PREFIX = 'cm_';

/** What a key allows. */
export const scopeSchema = z.enum(['admin']);
export type Scope = z.output<typeof scopeSchema>;

/**
 * What is kept of a key. SHA-256 is enough for a key of 256 random bits: slow hashes and salts protect what people choose and
 * others can guess, and nobody guesses this.
 */
const keyRecordSchema = z.object({
  /** SHA-256 of the key, hex. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  scopes: z.array(scopeSchema),
  created_at: z.iso.datetime(),
});

/** How many keys there are. */
export interface KeyCount {
  /** Those that were made, as far as the store has them. */
  count: number;
  /** Whether the configuration sets one more. */
  configured: boolean;
}

/**
 * The keys of a service, and who may do what by them. They are read from the store once: after that a check waits for no disk.
 * So one object of these makes all keys of its store while it lives.
 */
export class ApiKeys {
  private readonly configured: Buffer | undefined;
  private kept: Promise<KeptKey[]> | undefined;

  /** `configured` is the admin key of the configuration. */
  constructor(
    private readonly records: RecordStore,
    configured?: string,
  ) {
    this.configured = configured === undefined ? undefined : sha256(configured);
  }

  /** Whether the key exists and has the scope. Every key is compared, each in constant time, so that time tells nothing. */
  async allows(key: string, scope: Scope): Promise<boolean> {
    const presented = sha256(key);
    let allowed = this.configured !== undefined && timingSafeEqual(presented, this.configured);
    for (const { hash, scopes } of await this.keys()) {
      const same = timingSafeEqual(presented, hash);
      allowed ||= same && scopes.includes(scope);
    }
    return allowed;
  }

  /** Makes a key and keeps its hash; the key itself is known only to the caller. */
  async create(scopes: Scope[] = ['admin']): Promise<string> {
    const key = PREFIX + randomBytes(32).toString('base64url');
    const hash = sha256(key).toString('hex');
    try {
      await this.records.put(COLLECTION, hash.slice(0, 16), { hash, scopes, created_at: new Date().toISOString() });
    } finally {
      // After a failure it is the store that knows whether the key is there.
      this.kept = undefined;
    }
    return key;
  }

  async count(): Promise<KeyCount> {
    return { count: (await this.records.list(COLLECTION)).length, configured: this.configured !== undefined };
  }

  /** A new admin key, to be shown once, where none is configured and none was made before. */
  async ensureAdmin(): Promise<string | undefined> {
    const { count, configured } = await this.count();
    return configured || count > 0 ? undefined : this.create();
  }

  /** A failure to read them is told and not kept: the next check reads again. */
  private keys(): Promise<KeptKey[]> {
    if (this.kept === undefined) {
      const kept = readKeys(this.records);
      this.kept = kept;
      kept.catch(() => {
        if (this.kept === kept) this.kept = undefined;
      });
    }
    return this.kept;
  }
}

interface KeptKey {
  hash: Buffer;
  scopes: Scope[];
}

/** A record that cannot be read opens nothing, and keeps no other key from its work. */
async function readKeys(records: RecordStore): Promise<KeptKey[]> {
  return (await records.list(COLLECTION)).flatMap(({ value }) => {
    const record = keyRecordSchema.safeParse(value).data;
    return record ? [{ hash: Buffer.from(record.hash, 'hex'), scopes: record.scopes }] : [];
  });
}

function sha256(key: string): Buffer {
  return createHash('sha256').update(key, 'utf8').digest();
}
