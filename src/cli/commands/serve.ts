import { Command } from 'commander';
import pino from 'pino';
import { compact } from '../../compact';
import type { Config } from '../../config';
import { serve } from '../../serve';
import { readServerFile } from '../../server-file';
import { StoreError } from '../../store/store-error';
import { CliError, messageOf } from '../cli-error';
import type { CliContext } from '../context';
import { fetchListener } from '../fetch-listener';

interface ServeOptions {
  port?: string;
  host?: string;
}

export function serveCommand(context: CliContext): Command {
  return new Command('serve')
    .description('answer over HTTP until it is told to stop')
    .option('-p, --port <number>', 'port, 0 for a free one (PORT)')
    .option('--host <address>', 'address to listen on (HOST)')
    .action((options: ServeOptions) => runServer(context, options));
}

async function runServer(context: CliContext, options: ServeOptions): Promise<void> {
  const config = context.loadConfig(compact({ PORT: options.port, HOST: options.host }));
  const logger = pino({ level: config.logLevel });
  const stopRequested = context.onInterrupt();
  const listener = fetchListener(context);
  const server = await serve(config, {
    logger,
    open: (settings) =>
      context
        .openStores(settings, 'cinematch serve', {
          ...listener,
          signal: stopRequested,
          onWarning: (text) => logger.warn(text),
        })
        .finally(listener.done),
    showNewKey: (key) => {
      context.stderr.write(
        `\nAdmin key, shown only now: ${key}\nIt opens the /admin routes; \`cinematch keys create\` makes another one.\n\n`,
      );
    },
  }).catch((error) => {
    throw startFailure(error, config);
  });
  await new Promise<void>((resolve) => {
    if (stopRequested.aborted) return resolve();
    stopRequested.addEventListener('abort', () => resolve(), { once: true });
  });
  logger.info('stopping');
  await server.stop();
  logger.info('stopped');
}

/** What a user can do about a start that another process stands in the way of; any other failure as it is. */
function startFailure(error: unknown, { dataDir, port }: Config): unknown {
  const running = readServerFile(dataDir);
  if (error instanceof StoreError && error.code === 'data_dir_locked') {
    const where = running ? `, which answers at ${running.url}` : '';
    return new CliError(`${error.message}${where}. Stop that process, or serve another directory (DATA_DIR).`);
  }
  if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE' && running && new URL(running.url).port === String(port)) {
    return new CliError(
      `${messageOf(error)} CineMatch may be running already: process ${running.pid} serves ${dataDir} at ${running.url}.`,
    );
  }
  return error;
}
