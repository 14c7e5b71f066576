import { z } from 'zod';
import { STORE_PROBLEMS } from '../../http/problem';
import { StoreError } from '../../store/store-error';
import { TmdbError } from '../../tmdb/tmdb-error';
import { UpdateProblem } from './update-problem';

/** A film that could not be fetched or stored. */
export const filmFailureSchema = z
  .object({
    id: z.int().meta({ description: 'TMDB id', example: 550 }),
    code: z.string().meta({ description: 'Stable name of the reason', example: 'tmdb_unavailable' }),
    reason: z.string().meta({ description: 'What went wrong' }),
  })
  .meta({ id: 'FilmFailure', description: 'A film that an update could not bring in' });

export type FilmFailure = z.output<typeof filmFailureSchema>;

/** Why a whole update failed. */
export const updateErrorSchema = z
  .object({
    code: z.string().meta({ description: 'Stable name of the reason', example: 'tmdb_unauthorised' }),
    message: z.string().meta({ description: 'What went wrong' }),
    advice: z.string().meta({ description: 'What to do about it' }),
  })
  .meta({ id: 'UpdateError', description: 'Why an update failed' });

export type UpdateError = z.output<typeof updateErrorSchema>;

const ENGINE_ADVICE = 'The server log says more; `npx cinematch doctor` on the server checks its parts.';

/** Any error as a record keeps it. What may name paths of the machine is for the log alone. */
export function toUpdateError(error: unknown): UpdateError {
  if (error instanceof TmdbError) return { code: `tmdb_${error.kind}`, message: error.message, advice: error.advice };
  if (error instanceof UpdateProblem) {
    const advice = error.known ? 'Use one that is known.' : 'Change what was asked for.';
    return { code: error.code, message: error.message, advice };
  }
  if (error instanceof StoreError) {
    const message = STORE_PROBLEMS[error.code].detail ?? error.sentence;
    return { code: error.code, message, advice: ENGINE_ADVICE };
  }
  return { code: 'internal', message: 'Something went wrong in the update.', advice: ENGINE_ADVICE };
}

export function toFilmFailure(id: number, error: unknown): FilmFailure {
  const { code, message } = toUpdateError(error);
  return { id, code, reason: message };
}
