/** What any store can fail with; each code maps to one HTTP status in `http/problem.ts`. */
export const STORE_ERROR_CODES = [
  'invalid_argument',
  'unknown_value',
  'catalogue_empty',
  'film_not_found',
  'storage_failed',
  'overloaded',
  'closed',
  'internal',
] as const;

/** What the embedded engine can fail with besides. */
export const ENGINE_ERROR_CODES = [
  'runtime_unavailable',
  'model_missing',
  'model_damaged',
  'embedding_failed',
  'data_dir_locked',
  'catalogue_too_new',
  'catalogue_damaged',
  'index_failed',
] as const;

export type StoreErrorCode = (typeof STORE_ERROR_CODES)[number] | (typeof ENGINE_ERROR_CODES)[number];

/** A failure of a store, with a stable code, the field of the request that it concerns and, for `unknown_value`, known values. */
export class StoreError extends Error {
  override readonly name = 'StoreError';

  constructor(
    readonly code: StoreErrorCode,
    message: string,
    readonly field?: string,
    readonly known?: readonly string[],
  ) {
    super(message);
  }

  /** The message with the field before it, where no form shows which one is meant. */
  get sentence(): string {
    return this.field === undefined ? this.message : `${this.field}: ${this.message}`;
  }
}

/** The failure of a question while there is nothing to find. */
export function catalogueEmpty(): StoreError {
  return new StoreError('catalogue_empty', 'the catalogue has no films yet');
}
