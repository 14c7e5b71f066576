import { Command } from 'commander';
import { compact } from '../../compact';
import type { Config } from '../../config';
import { readServerFile } from '../../server-file';
import type { Stores } from '../../store/stores';
import { TmdbError } from '../../tmdb/tmdb-error';
import type { FilmFailure, UpdateError } from '../../updates/ingestion/failure';
import { ingest } from '../../updates/ingestion/ingestion';
import { resolveOptions, type UpdateOptions, updateOptionsSchema } from '../../updates/ingestion/options';
import type { PlanSummary } from '../../updates/ingestion/plan-summary';
import type { Progress } from '../../updates/ingestion/progress';
import { type AdminOptions, addAdminOptions, namedServer } from '../admin-server';
import { parse } from '../catalogue';
import { CliError } from '../cli-error';
import type { CliContext } from '../context';
import { useDirectory } from '../data-directory';
import { createProgress, type ProgressDisplay } from '../progress';
import { jsonOption, numberArgument } from '../question-options';
import { runRemoteUpdate } from '../remote-update';
import type { ServerClient } from '../server-client';

const SHOWN_FAILURES = 10;
const INTERRUPTED = 130;

interface IngestFlags extends AdminOptions {
  target?: number;
  reset?: boolean;
  minRating?: number;
  minVotes?: number;
  language?: string;
  yearFrom?: number;
  yearTo?: number;
  genre?: string;
  refresh?: boolean;
  dryRun?: boolean;
  json?: boolean;
}

/** How an ingestion ended, wherever it ran. */
interface Outcome {
  state: 'succeeded' | 'failed' | 'cancelled' | 'running';
  /** Of the update that ran: another one's where it was joined. */
  options: UpdateOptions;
  progress: Progress;
  plan: PlanSummary | null;
  failures: FilmFailure[];
  error: UpdateError | null;
}

export function ingestCommand(context: CliContext): Command {
  const command = new Command('ingest')
    .description('add films from TMDB; a server that holds the catalogue does it itself, as a background update')
    .option('--target <number>', 'how many films to have, the most popular first (UPDATE_TARGET)', numberArgument)
    .option('--min-rating <rating>', 'mean vote of at least, 0 to 10 (UPDATE_MIN_RATING)', numberArgument)
    .option('--min-votes <number>', 'votes of at least (UPDATE_MIN_VOTES)', numberArgument)
    .option('--language <code>', 'original language, ISO 639-1')
    .option('--year-from <year>', 'not older than', numberArgument)
    .option('--year-to <year>', 'not newer than', numberArgument)
    .option('--genre <name>', "one of TMDB's genres, by name or number")
    .option('--reset', 'build a new catalogue aside and swap it in at the end')
    .option('--refresh', 'fetch again what changed at TMDB and what is older than 180 days')
    .option('--dry-run', 'only say what would be done')
    .addOption(jsonOption());
  return addAdminOptions(command).action((flags: IngestFlags) => runIngest(context, flags));
}

async function runIngest(context: CliContext, flags: IngestFlags): Promise<void> {
  const config = context.loadConfig();
  const options = parse(updateOptionsSchema, updateOptions(flags));
  const signal = context.onInterrupt();
  const progress = createProgress(context.stderr, { label: 'Ingesting', unit: 'films', silent: flags.json === true });
  const onProgress = (state: Progress) => showProgress(progress, state, options);
  let outcome: Outcome;
  try {
    outcome = await runWhereItBelongs(context, config, flags, options, { signal, onProgress });
  } finally {
    progress.stop();
  }
  context.stdout.write(flags.json ? `${JSON.stringify(outcome, null, 2)}\n` : outcomeText(outcome));
  if (outcome.error) throw new CliError(`${outcome.error.message} ${outcome.error.advice}`);
  if (outcome.state === 'cancelled') {
    throw new CliError(
      'Stopped. What was fetched is stored; run it again to go on without fetching it twice.',
      INTERRUPTED,
    );
  }
}

interface Following {
  signal: AbortSignal;
  onProgress: (progress: Progress) => void;
}

/** Ingests in this process, or through the server that is named or that holds the catalogue. */
async function runWhereItBelongs(
  context: CliContext,
  config: Config,
  flags: IngestFlags,
  options: UpdateOptions,
  following: Following,
): Promise<Outcome> {
  // A server has a key of its own.
  if (namedServer(context, flags) === undefined && !readServerFile(config.dataDir)) requireKey(config);
  return useDirectory(context, config, {
    role: 'cinematch ingest',
    admin: flags,
    here: (stores) => here(stores, config, options, following),
    there: (server) => remotely(server, context, options, following),
  });
}

function requireKey({ tmdb }: Config): void {
  if (tmdb.apiKey.trim() === '')
    throw new TmdbError('unauthorised', 'No TMDB key is configured (TMDB_API_KEY is empty).');
}

async function here(
  { movies, records }: Stores,
  config: Config,
  options: UpdateOptions,
  { signal, onProgress }: Following,
): Promise<Outcome> {
  const { TmdbClient } = await import('../../tmdb/client'); // no other command needs undici
  const client = new TmdbClient(config.tmdb);
  const failures: FilmFailure[] = [];
  let progress: Progress | undefined;
  try {
    const outcome = await ingest(
      {
        client,
        store: movies,
        records,
        signal,
        onProgress: (state) => {
          progress = state;
          onProgress(state);
        },
        onFailure: (failure) => failures.push(failure),
      },
      {
        options: resolveOptions(options, config.updates.criteria),
        startedAt: new Date().toISOString(),
        earlier: { new: 0, updated: 0 },
      },
    );
    return { state: 'succeeded', options, ...outcome, failures, error: null };
  } catch (error) {
    if (!(progress && error instanceof TmdbError && error.kind === 'cancelled')) throw error;
    return { state: 'cancelled', options, progress, plan: null, failures, error: null };
  } finally {
    await client.close();
  }
}

async function remotely(
  server: ServerClient,
  { stderr }: CliContext,
  options: UpdateOptions,
  { signal, onProgress }: Following,
): Promise<Outcome> {
  const { state, ...update } = await runRemoteUpdate(server, options, {
    signal,
    onProgress,
    onJoined: () =>
      void stderr.write('An update is running already: this is its progress, and nothing else is done.\n'),
  });
  const over = state === 'succeeded' || state === 'failed' || state === 'cancelled' ? state : 'running';
  const { progress, plan, failures, error } = update;
  return { state: over, options: update.options, progress, plan, failures, error };
}

function updateOptions(flags: IngestFlags): UpdateOptions {
  return compact({
    target: flags.target,
    min_rating: flags.minRating,
    min_votes: flags.minVotes,
    language: flags.language,
    year_from: flags.yearFrom,
    year_to: flags.yearTo,
    genre: flags.genre,
    reset: flags.reset,
    refresh: flags.refresh,
    dry_run: flags.dryRun,
  });
}

function showProgress(progress: ProgressDisplay, state: Progress, { dry_run, reset }: UpdateOptions): void {
  const { phase, done, total, rate, eta } = state;
  if (phase === 'discover') return progress.say(`looking for films at TMDB, ${total.toLocaleString('en')} so far`);
  if (phase === 'replace') return progress.say(`swapping the catalogue for the ${total.toLocaleString('en')} films`);
  if (dry_run) return;
  // Films that were there already are done and were not fetched, so the update's own rate counts.
  const speed = { rate, left: eta ?? undefined };
  progress.update(done, total, reset && phase !== 'done' ? 'kept aside' : countsText(state), speed);
}

function countsText({ new: added, updated, unchanged, failed }: Progress): string {
  return `${added} new, ${updated} updated, ${unchanged} unchanged, ${failed} failed`;
}

/** What is said of the counts. A failure has its own words besides. */
const OUTCOMES = {
  succeeded: 'Done',
  running: 'Still running',
  cancelled: 'Until then',
  failed: 'Until then',
} as const;

/** What was found to do: all there is to say of a dry run, and what a refresh looked at. */
function planText({ matching, wanted, fetch, remove }: PlanSummary, { dry_run, refresh, reset }: UpdateOptions) {
  if (refresh) return `${matching} films looked at; ${fetch}${dry_run ? ' would be' : ''} fetched again.`;
  const removed = reset ? `, ${remove} removed` : '';
  return `${matching} films match at TMDB; ${fetch} of ${wanted} would be fetched${removed}.`;
}

function outcomeText({ state, options, progress, plan, failures }: Outcome): string {
  const lines: string[] = [];
  if (plan && (options.dry_run || options.refresh)) lines.push(planText(plan, options));
  // What failed before it had begun has its error alone.
  if (!(plan && options.dry_run) && !(state === 'failed' && progress.done === 0)) {
    const removed = progress.deleted > 0 ? `, ${progress.deleted} removed` : '';
    lines.push(`${OUTCOMES[state]}: ${countsText(progress)}${removed}.`);
  }
  for (const warning of plan?.warnings ?? []) lines.push(`Warning: ${warning}`);
  for (const { id, reason } of failures.slice(0, SHOWN_FAILURES)) lines.push(`  film ${id}: ${reason}`);
  if (failures.length > SHOWN_FAILURES) lines.push(`  … and ${failures.length - SHOWN_FAILURES} more`);
  return lines.map((line) => `${line}\n`).join('');
}
