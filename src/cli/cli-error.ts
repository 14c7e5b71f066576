import { ConfigError } from '../config';
import { CATALOGUE_EMPTY, HttpProblem } from '../http/problem';
import { ModelError } from '../model/model-error';
import { StoreError, type StoreErrorCode } from '../store/store-error';
import { TmdbError } from '../tmdb/tmdb-error';
import { UpdateProblem } from '../updates/ingestion/update-problem';

export const EXIT_FAILURE = 1;
export const EXIT_USAGE = 2;

/** A failure of a command, told in one clear message. */
export class CliError extends Error {
  override readonly name = 'CliError';

  constructor(
    message: string,
    readonly exitCode: number = EXIT_FAILURE,
  ) {
    super(message);
  }
}

/** Errors whose message is written for people. */
const OWN_ERRORS = [CliError, ConfigError, ModelError, HttpProblem, UpdateProblem];

/** What helps against a failure of the store, in the terms of the command line. */
const STORE_ADVICE: Partial<Readonly<Record<StoreErrorCode, string>>> = {
  runtime_unavailable: '`npm ci` installs it; ORT_LIBRARY names another one',
  model_missing: '`cinematch model fetch` downloads it, MODEL_DIR names another folder',
  model_damaged: '`cinematch model fetch` downloads it again',
};

const SYSTEM_ERRORS: Readonly<Record<string, (error: NodeJS.ErrnoException) => string>> = {
  EADDRINUSE: (error) => `Port ${portOf(error)} is in use by another program; choose another with PORT or --port.`,
  EACCES: (error) =>
    error.syscall === 'listen'
      ? `Listening on port ${portOf(error)} is not allowed; choose one above 1023 with PORT or --port.`
      : `No permission: ${error.path ?? error.message}`,
  EADDRNOTAVAIL: (error) => `HOST is no address of this machine: ${error.message}`,
  ENOTFOUND: (error) => `No such host: ${error.message}`,
  ENOENT: (error) => `No such file: ${error.path ?? error.message}`,
  EISDIR: (error) => `Is a folder, not a file: ${error.path ?? error.message}`,
};

/** What people are told of an error; `undefined` for one that nobody foresaw, where only its stack helps. */
export function messageOf(error: unknown): string | undefined {
  if (error instanceof TmdbError) return `${error.message} ${error.advice}`;
  if (error instanceof StoreError) return storeMessage(error);
  if (OWN_ERRORS.some((kind) => error instanceof kind)) return (error as Error).message;
  const system = error as NodeJS.ErrnoException | undefined;
  return SYSTEM_ERRORS[system?.code ?? '']?.(system as NodeJS.ErrnoException);
}

function storeMessage({ code, sentence }: StoreError): string {
  if (code === 'catalogue_empty') return `${CATALOGUE_EMPTY}.`;
  const advice = STORE_ADVICE[code];
  return advice === undefined ? sentence : `${sentence}; ${advice}`;
}

function portOf(error: NodeJS.ErrnoException): string {
  return String((error as { port?: number }).port ?? '');
}
