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

/** Makes a key and keeps its hash; the key itself is known only to the caller. */
export async function createKey(records: RecordStore, scopes: Scope[] = ['admin']): Promise<string> {
  const key = PREFIX + randomBytes(32).toString('base64url');
  const hash = sha256(key).toString('hex');
  await records.put(COLLECTION, hash.slice(0, 16), { hash, scopes, created_at: new Date().toISOString() });
  return key;
}

/** How many keys there are, without the one of the configuration. */
export async function countKeys(records: RecordStore): Promise<number> {
  return (await records.list(COLLECTION)).length;
}

/** A new admin key, to be shown once, where none is configured and none was made before. */
export async function ensureAdminKey(
  records: RecordStore,
  configured: string | undefined,
): Promise<string | undefined> {
  return configured !== undefined || (await countKeys(records)) > 0 ? undefined : createKey(records);
}

/** Tells who may do what by their key. */
export class ApiKeys {
  private readonly configured: Buffer | undefined;

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
    for (const { value } of await this.records.list(COLLECTION)) {
      const record = keyRecordSchema.safeParse(value).data;
      if (record === undefined) continue;
      const same = timingSafeEqual(presented, Buffer.from(record.hash, 'hex'));
      allowed ||= same && record.scopes.includes(scope);
    }
    return allowed;
  }
}

function sha256(key: string): Buffer {
  return createHash('sha256').update(key, 'utf8').digest();
}
