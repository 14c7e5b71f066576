import { Command } from 'commander';
import { ApiKeys } from '../../auth/api-keys';
import { keyCountSchema, newKeySchema } from '../../auth/key-routes';
import { type AdminOptions, addAdminOptions } from '../admin-server';
import type { CliContext } from '../context';
import { useDirectory } from '../data-directory';
import { jsonOption } from '../question-options';

interface KeysOptions extends AdminOptions {
  json?: boolean;
}

export function keysCommand(context: CliContext): Command {
  const command = new Command('keys').description(
    'keys of the /admin routes; only their hashes are kept. A server that holds the data directory is asked',
  );
  const list = command.command('list', { isDefault: true }).description('how many there are').addOption(jsonOption());
  addAdminOptions(list).action((options: KeysOptions) => listKeys(context, options));
  const create = command.command('create').description('make a new one and show it, once').addOption(jsonOption());
  addAdminOptions(create).action((options: KeysOptions) => createOne(context, options));
  return command;
}

async function listKeys(context: CliContext, options: KeysOptions): Promise<void> {
  const config = context.loadConfig();
  const keys = await useDirectory(context, config, {
    role: 'cinematch keys',
    admin: options,
    here: ({ records }) => new ApiKeys(records, config.adminApiKey).count(),
    there: (server) => server.json(keyCountSchema, 'GET', '/admin/keys'),
  });
  const text = `${keys.count} ${keys.count === 1 ? 'key' : 'keys'}${keys.configured ? ', and ADMIN_API_KEY' : ''}`;
  context.stdout.write(options.json ? `${JSON.stringify(keys)}\n` : `${text}\n`);
}

async function createOne(context: CliContext, options: KeysOptions): Promise<void> {
  const key = await useDirectory(context, context.loadConfig(), {
    role: 'cinematch keys',
    admin: options,
    here: ({ records }) => new ApiKeys(records).create(),
    there: async (server) => (await server.json(newKeySchema, 'POST', '/admin/keys')).key,
  });
  context.stdout.write(options.json ? `${JSON.stringify({ key })}\n` : `${key}\n`);
  if (!options.json) context.stderr.write('Keep it: it is not shown again.\n');
}
