import { Command } from 'commander';
import { countKeys, createKey } from '../../auth/api-keys';
import { EngineError } from '../../engine/engine-error';
import type { MovieStore } from '../../engine/movie-store';
import { CliError } from '../cli-error';
import type { CliContext } from '../context';
import { fetchListener } from '../fetch-listener';
import { jsonOption } from '../question-options';

export function keysCommand(context: CliContext): Command {
  const command = new Command('keys').description('keys of the /admin routes; only their hashes are kept');
  command
    .command('list', { isDefault: true })
    .description('how many there are')
    .addOption(jsonOption())
    .action(({ json }: { json?: boolean }) =>
      withStore(context, async (store) => {
        const keys = await countKeys(store.records);
        const configured = context.loadConfig().adminApiKey !== undefined;
        const text = `${keys} ${keys === 1 ? 'key' : 'keys'}${configured ? ', and ADMIN_API_KEY' : ''}`;
        context.stdout.write(json ? `${JSON.stringify({ keys, configured })}\n` : `${text}\n`);
      }),
    );
  command
    .command('create')
    .description('make a new one and show it, once')
    .addOption(jsonOption())
    .action(({ json }: { json?: boolean }) =>
      withStore(context, async (store) => {
        const key = await createKey(store.records);
        context.stdout.write(json ? `${JSON.stringify({ key })}\n` : `${key}\n`);
        if (!json) context.stderr.write('Keep it: it is not shown again.\n');
      }),
    );
  return command;
}

async function withStore(context: CliContext, use: (store: MovieStore) => Promise<void>): Promise<void> {
  const listener = fetchListener(context);
  const store = await context
    .openStore(context.loadConfig(), 'cinematch keys', listener)
    .catch((error) => {
      if (!(error instanceof EngineError && error.code === 'data_dir_locked')) throw error;
      throw new CliError(
        `${error.message}\nKeys are kept in the data directory: stop the server for a moment, or start it with ADMIN_API_KEY set.`,
      );
    })
    .finally(listener.done);
  try {
    await use(store);
  } finally {
    await store.close();
  }
}
