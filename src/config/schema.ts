import { z } from 'zod';
import { DEFAULT_TMDB_SETTINGS, MAX_REQUESTS_PER_SECOND, settingsProblem } from '../tmdb/settings';
import { DEFAULT_CRITERIA } from '../updates/ingestion/options';
import { cronProblem } from '../updates/job/schedule';
import {
  adminKey,
  choice,
  corsOrigins,
  decimal,
  folder,
  host,
  httpUrl,
  key,
  LOG_LEVELS,
  language,
  MIN_KEY_LENGTH,
  model,
  timezone,
  wholeNumber,
} from './fields';
import { optional, setting } from './setting';

const TMDB = DEFAULT_TMDB_SETTINGS;
const MOST_REQUESTS = MAX_REQUESTS_PER_SECOND - 1;

const tmdb = z
  .object({
    apiKey: optional(
      'TMDB_API_KEY',
      'none',
      'v3 API key or v4 read access token, from https://www.themoviedb.org/settings/api',
      key,
      true,
    ),
    baseUrl: setting('TMDB_BASE_URL', TMDB.baseUrl, "address of TMDB's API", httpUrl),
    language: setting(
      'TMDB_LANGUAGE',
      TMDB.language,
      'language of titles and overviews, such as `de` or `de-DE`',
      language,
    ),
    rate: setting(
      'TMDB_REQUESTS_PER_SECOND',
      String(TMDB.rate),
      `requests in any one second; together with the next at most ${MAX_REQUESTS_PER_SECOND}`,
      wholeNumber(1, MOST_REQUESTS),
    ),
    concurrency: setting(
      'TMDB_CONCURRENCY',
      String(TMDB.concurrency),
      'requests under way at a time',
      wholeNumber(1, MOST_REQUESTS),
    ),
    requestTimeoutMs: setting(
      'TMDB_TIMEOUT_MS',
      String(TMDB.requestTimeoutMs),
      'milliseconds that one request may take',
      wholeNumber(100, 600_000),
    ),
  })
  .transform((given) => ({ ...TMDB, ...given }));

const updates = z.object({
  schedule: z.object({
    cron: optional(
      'UPDATE_SCHEDULE',
      'none',
      'when updates start by themselves, as a cron expression such as `0 4 * * *`',
      z.string(),
    ),
    timezone: optional(
      'UPDATE_TIMEZONE',
      "the machine's",
      'time zone of the schedule, such as `Europe/Paris`',
      timezone,
    ),
  }),
  criteria: z.object({
    target: setting(
      'UPDATE_TARGET',
      String(DEFAULT_CRITERIA.target),
      'how many films an update brings in',
      wholeNumber(1, 1_000_000),
    ),
    min_rating: setting('UPDATE_MIN_RATING', String(DEFAULT_CRITERIA.min_rating), 'lowest mean vote', decimal(0, 10)),
    min_votes: setting(
      'UPDATE_MIN_VOTES',
      String(DEFAULT_CRITERIA.min_votes),
      'fewest votes',
      wholeNumber(0, 1_000_000),
    ),
  }),
});

/** Every setting by its place in the configuration. */
export const schema = z
  .object({
    port: setting('PORT', '8000', 'port; 0 takes a free one. 7860 in the image', wholeNumber(0, 65_535)),
    host: setting('HOST', '0.0.0.0', 'address to listen on; `127.0.0.1` lets in only this machine', host),
    corsOrigins: setting(
      'CORS_ORIGINS',
      '*',
      'origins that browsers may call from: `*` or a list such as `https://example.org,https://example.com`',
      corsOrigins,
    ),
    trustProxy: setting(
      'TRUST_PROXY',
      '0',
      'how many reverse proxies are in front: so many entries of `X-Forwarded-For` are believed',
      wholeNumber(0, 100),
    ),
    logLevel: setting(
      'LOG_LEVEL',
      'info',
      `${LOG_LEVELS.slice(0, -1)
        .map((level) => `\`${level}\``)
        .join(', ')} or \`silent\``,
      choice(LOG_LEVELS),
    ),
    adminApiKey: optional(
      'ADMIN_API_KEY',
      'one is made at the first start, shown once and kept as a hash',
      `key of the \`/admin\` routes, ${MIN_KEY_LENGTH} characters or more`,
      adminKey,
      true,
    ),
    dataDir: setting(
      'DATA_DIR',
      'cinematch-data',
      'folder of the catalogue and its indexes; one process at a time owns it',
      folder,
    ),
    starterFilms: setting(
      'STARTER_FILMS',
      'true',
      'whether an empty catalogue is filled with the bundled films',
      choice(['true', 'false']).transform((value) => value === 'true'),
    ),
    model: setting(
      'MODEL',
      'fast',
      '`fast`, `quality`, the full name of a known model, or a folder that holds one',
      model,
    ),
    modelDir: optional(
      'MODEL_DIR',
      "the user's cache",
      'folder that holds the models, or the files themselves',
      folder,
    ),
    huggingFaceEndpoint: setting(
      'HF_ENDPOINT',
      'https://huggingface.co',
      'where models are downloaded from: Hugging Face or a mirror of it',
      httpUrl,
    ),
    ortLibrary: optional('ORT_LIBRARY', 'the one that `npm ci` brings', 'the ONNX Runtime library', folder),
    queryThreads: setting(
      'QUERY_THREADS',
      '0',
      'threads that answer questions; 0 is one a core',
      wholeNumber(0, 1_024),
    ),
    bulkThreads: setting(
      'BULK_THREADS',
      '0',
      'threads that embed films; 0 is one a core. Background updates leave one core free',
      wholeNumber(0, 1_024),
    ),
    tmdb,
    updates,
  })
  .superRefine(checkTogether, {
    // Each field tells its own problem; what concerns two of them is checked once both can be read.
    when: ({ issues }) => issues.length === 0,
  });

/** Everything that can be set from outside; folders are absolute. */
export type Config = z.output<typeof schema>;

function checkTogether({ tmdb: { rate, concurrency }, updates: { schedule } }: Config, context: z.RefinementCtx): void {
  if (settingsProblem({ rate, concurrency }) !== undefined) {
    const message = `and TMDB_CONCURRENCY must together be at most ${MAX_REQUESTS_PER_SECOND}, TMDB's limit for one second`;
    context.addIssue({ code: 'custom', path: ['tmdb', 'rate'], message });
  }
  if (schedule.cron !== undefined && cronProblem(schedule.cron, schedule.timezone) !== undefined) {
    const message = 'must be a cron expression such as "0 4 * * *"';
    context.addIssue({ code: 'custom', path: ['updates', 'schedule', 'cron'], message });
  }
}
