import path from 'node:path';
import dotenv from 'dotenv';
import { z } from 'zod';
import { compact } from './compact';
import type { CorsOrigins } from './http/headers';
import { findModelSpec, modelNames } from './model/specs';
import { DEFAULT_TMDB_SETTINGS, MAX_REQUESTS_PER_SECOND, settingsProblem, type TmdbSettings } from './tmdb/settings';
import { type CriteriaDefaults, DEFAULT_CRITERIA } from './updates/ingestion/options';
import { cronProblem } from './updates/job/schedule';

type Environment = Readonly<Record<string, string | undefined>>;

/** Everything that can be set from outside. */
export interface Config {
  /** 0 takes a free one. */
  port: number;
  host: string;
  /** Absolute. */
  dataDir: string;
  /** `fast`, `quality`, another known name, or a folder. */
  model: string;
  /** Absolute; the user's cache where absent. */
  modelDir?: string;
  /** Where models are downloaded from, Hugging Face or a mirror; without a slash at the end. */
  huggingFaceEndpoint: string;
  /** Absolute path of ONNX Runtime's library; the one of the package where absent. */
  ortLibrary?: string;
  /** 0: one a core. */
  queryThreads: number;
  bulkThreads: number;
  logLevel: string;
  corsOrigins: CorsOrigins;
  /** Reverse proxies in front of the server, whose word for the client's address is taken. */
  trustProxy: number;
  tmdb: TmdbSettings;
  updates: { criteria: CriteriaDefaults; schedule?: { cron: string; timezone?: string } };
  /** Made at the first start where absent. */
  adminApiKey?: string;
  /** Whether an empty catalogue is filled with the bundled films at the start. */
  starterFilms: boolean;
}

/** The configuration makes no sense; `problems` has a line for each thing that is wrong. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly problems: readonly string[]) {
    super(['The configuration cannot be used:', ...problems.map((problem) => `  ${problem}`)].join('\n'));
  }
}

/** A key that people choose must be beyond guessing, too. */
const MIN_KEY_LENGTH = 16;

function wholeNumber(min: number, max: number, fallback: number) {
  const error = `must be a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d+$/, { error, abort: true })
    .transform(Number)
    .pipe(z.int({ error }).min(min, { error }).max(max, { error }))
    .default(fallback);
}

function decimal(min: number, max: number, fallback: number) {
  const error = `must be a number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d+(\.\d+)?$/, { error, abort: true })
    .transform(Number)
    .pipe(z.number().min(min, { error }).max(max, { error }))
    .default(fallback);
}

function choice<const T extends readonly [string, ...string[]]>(values: T, fallback: T[number]) {
  return z.enum(values, { error: `must be one of ${values.join(', ')}` }).default(fallback as never);
}

const folder = z.string().transform((value) => path.resolve(value));
const key = z.string().regex(/^[\x21-\x7e]+$/, { error: 'must be printable ASCII without spaces' });

const model = z
  .string()
  .refine((value) => findModelSpec(value) !== undefined || /[/\\]/.test(value), {
    error: `must be a known model (${modelNames().join(', ')}) or the path of a folder that holds one`,
  })
  .transform((value) => (findModelSpec(value) ? value : path.resolve(value)))
  .default('fast');

const corsOrigins = z
  .string()
  .transform((value): CorsOrigins => (value.trim() === '*' ? '*' : value.split(',').map((origin) => origin.trim())))
  .refine((origins) => origins === '*' || origins.every(isOrigin), {
    error: 'must be * or origins such as https://example.org, separated by commas',
  })
  .default('*');

const httpUrl = z
  .url({ protocol: /^https?$/, error: 'must be an http or https address' })
  .transform((value) => value.replace(/\/+$/, ''));

const schema = z
  .object({
    PORT: wholeNumber(0, 65_535, 8000),
    HOST: z
      .string()
      .regex(/^[\w.:-]+$/, { error: 'must be an address or a host name' })
      .default('0.0.0.0'),
    DATA_DIR: folder.prefault('cinematch-data'),
    MODEL: model,
    MODEL_DIR: folder.optional(),
    HF_ENDPOINT: httpUrl.default('https://huggingface.co'),
    ORT_LIBRARY: folder.optional(),
    QUERY_THREADS: wholeNumber(0, 1_024, 0),
    BULK_THREADS: wholeNumber(0, 1_024, 0),
    LOG_LEVEL: choice(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'info'),
    CORS_ORIGINS: corsOrigins,
    TMDB_API_KEY: key.default(''),
    TMDB_BASE_URL: httpUrl.default(DEFAULT_TMDB_SETTINGS.baseUrl),
    TMDB_LANGUAGE: z
      .string()
      .regex(/^[a-z]{2}(-[A-Z]{2})?$/, { error: 'must be a language such as de or de-DE' })
      .default(DEFAULT_TMDB_SETTINGS.language),
    TMDB_REQUESTS_PER_SECOND: wholeNumber(1, MAX_REQUESTS_PER_SECOND - 1, DEFAULT_TMDB_SETTINGS.rate),
    TMDB_CONCURRENCY: wholeNumber(1, MAX_REQUESTS_PER_SECOND - 1, DEFAULT_TMDB_SETTINGS.concurrency),
    TMDB_TIMEOUT_MS: wholeNumber(100, 600_000, DEFAULT_TMDB_SETTINGS.requestTimeoutMs),
    UPDATE_SCHEDULE: z.string().optional(),
    UPDATE_TIMEZONE: z.string().refine(isTimezone, { error: 'must be a time zone such as Europe/Paris' }).optional(),
    UPDATE_TARGET: wholeNumber(1, 1_000_000, DEFAULT_CRITERIA.target),
    UPDATE_MIN_RATING: decimal(0, 10, DEFAULT_CRITERIA.min_rating),
    UPDATE_MIN_VOTES: wholeNumber(0, 1_000_000, DEFAULT_CRITERIA.min_votes),
    ADMIN_API_KEY: key.min(MIN_KEY_LENGTH, { error: `must have at least ${MIN_KEY_LENGTH} characters` }).optional(),
    TRUST_PROXY: wholeNumber(0, 100, 0),
    STARTER_FILMS: choice(['true', 'false'], 'true'),
  })
  .superRefine(checkTogether, {
    // Each field tells its own problem; what concerns two of them is checked once both can be read.
    when: ({ issues }) => issues.length === 0,
  });

type Variables = z.output<typeof schema>;

/** The names of all variables, for help texts and tests. */
export const CONFIG_VARIABLES: readonly string[] = Object.keys(schema.shape);

const SECRETS: readonly string[] = ['TMDB_API_KEY', 'ADMIN_API_KEY'];

/** The configuration of this process: its environment, then what `.env` in the working directory adds. @throws ConfigError */
export function loadConfig(environment: Environment = process.env): Config {
  const merged = { ...environment } as Record<string, string>;
  dotenv.config({ quiet: true, processEnv: merged });
  return parseConfig(merged);
}

/** A configuration from these variables alone; an empty one counts as absent. @throws ConfigError with every problem. */
export function parseConfig(environment: Environment): Config {
  const given = Object.fromEntries(
    CONFIG_VARIABLES.flatMap((name) => {
      const value = environment[name]?.trim();
      return value ? [[name, value]] : [];
    }),
  );
  const result = schema.safeParse(given);
  if (!result.success) throw new ConfigError(result.error.issues.map((issue) => problemLine(issue, given)));
  return configOf(result.data);
}

function problemLine({ path: [name], message }: z.core.$ZodIssue, given: Environment): string {
  const variable = String(name);
  const value = given[variable];
  const shown = value === undefined || SECRETS.includes(variable) ? '' : `, not ${JSON.stringify(value)}`;
  return `${variable} ${message}${shown}`;
}

function checkTogether(variables: Variables, context: z.RefinementCtx): void {
  const { TMDB_REQUESTS_PER_SECOND: rate, TMDB_CONCURRENCY: concurrency } = variables;
  if (settingsProblem({ rate, concurrency }) !== undefined) {
    const message = `and TMDB_CONCURRENCY must together be at most ${MAX_REQUESTS_PER_SECOND}, TMDB's limit for one second`;
    context.addIssue({ code: 'custom', path: ['TMDB_REQUESTS_PER_SECOND'], message });
  }
  const { UPDATE_SCHEDULE: cron, UPDATE_TIMEZONE: timezone } = variables;
  if (cron !== undefined && cronProblem(cron, timezone) !== undefined) {
    const message = 'must be a cron expression such as "0 4 * * *"';
    context.addIssue({ code: 'custom', path: ['UPDATE_SCHEDULE'], message });
  }
}

function isTimezone(value: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return true;
  } catch {
    return false;
  }
}

function isOrigin(value: string): boolean {
  return /^https?:/.test(value) && URL.canParse(value) && new URL(value).origin === value;
}

function configOf(variables: Variables): Config {
  return compact({
    port: variables.PORT,
    host: variables.HOST,
    dataDir: variables.DATA_DIR,
    model: variables.MODEL,
    modelDir: variables.MODEL_DIR,
    huggingFaceEndpoint: variables.HF_ENDPOINT,
    ortLibrary: variables.ORT_LIBRARY,
    queryThreads: variables.QUERY_THREADS,
    bulkThreads: variables.BULK_THREADS,
    logLevel: variables.LOG_LEVEL,
    corsOrigins: variables.CORS_ORIGINS,
    trustProxy: variables.TRUST_PROXY,
    tmdb: tmdbOf(variables),
    updates: updatesOf(variables),
    adminApiKey: variables.ADMIN_API_KEY,
    starterFilms: variables.STARTER_FILMS === 'true',
  });
}

function tmdbOf(variables: Variables): TmdbSettings {
  return {
    ...DEFAULT_TMDB_SETTINGS,
    apiKey: variables.TMDB_API_KEY,
    baseUrl: variables.TMDB_BASE_URL,
    language: variables.TMDB_LANGUAGE,
    rate: variables.TMDB_REQUESTS_PER_SECOND,
    concurrency: variables.TMDB_CONCURRENCY,
    requestTimeoutMs: variables.TMDB_TIMEOUT_MS,
  };
}

function updatesOf(variables: Variables) {
  const { UPDATE_SCHEDULE: cron, UPDATE_TIMEZONE: timezone } = variables;
  return {
    criteria: {
      target: variables.UPDATE_TARGET,
      min_rating: variables.UPDATE_MIN_RATING,
      min_votes: variables.UPDATE_MIN_VOTES,
    },
    schedule: cron === undefined ? undefined : { cron, timezone },
  };
}
