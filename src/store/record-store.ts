import type { StoredRecord } from './contract.generated';

/**
 * Named collections of JSON records: API keys, updates. A put is durable when its promise resolves. Every method rejects with
 * a StoreError. One contract test suite holds for every implementation.
 */
export interface RecordStore {
  get(collection: string, key: string): Promise<StoredRecord | undefined>;
  /** By key, ascending. */
  list(collection: string): Promise<StoredRecord[]>;
  put(collection: string, key: string, value: unknown): Promise<void>;
  delete(collection: string, key: string): Promise<boolean>;
}
