/** Stable codes of everything that can go wrong in the engine; each maps to one HTTP status in `http/problem.ts`. */
export const ENGINE_ERROR_CODES = [
  'invalid_argument',
  'unknown_value',
  'catalogue_empty',
  'film_not_found',
  'runtime_unavailable',
  'model_missing',
  'model_damaged',
  'embedding_failed',
  'data_dir_locked',
  'catalogue_too_new',
  'catalogue_damaged',
  'storage_failed',
  'index_failed',
  'overloaded',
  'closed',
  'internal',
] as const;

export type EngineErrorCode = (typeof ENGINE_ERROR_CODES)[number];

/** A failure of the engine, with a stable code, the request field it concerns and, for `unknown_value`, known values. */
export class EngineError extends Error {
  override readonly name = 'EngineError';

  constructor(
    readonly code: EngineErrorCode,
    message: string,
    readonly field?: string,
    readonly known?: readonly string[],
  ) {
    super(message);
  }
}
