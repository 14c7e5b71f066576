import { Command } from 'commander';
import { ApiKeys } from '../../auth/api-keys';
import { keyCountSchema, newKeySchema } from '../../auth/key-routes';
import type { Config } from '../../config';
import type { Stores } from '../../store/stores';
import { type AdminOptions, addAdminOptions, adminServer, namedServer } from '../admin-server';
import type { CliContext } from '../context';
import { useDirectory } from '../data-directory';
import { jsonOption } from '../question-options';
import type { ServerClient } from '../server-client';

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
  const keys = await hereOrThere(context, config, options, {
    here: ({ records }) => new ApiKeys(records, config.adminApiKey).count(),
    there: (server) => server.json(keyCountSchema, 'GET', '/admin/keys'),
  });
  const text = `${keys.count} ${keys.count === 1 ? 'key' : 'keys'}${keys.configured ? ', and ADMIN_API_KEY' : ''}`;
  context.stdout.write(options.json ? `${JSON.stringify(keys)}\n` : `${text}\n`);
}

async function createOne(context: CliContext, options: KeysOptions): Promise<void> {
  const key = await hereOrThere(context, context.loadConfig(), options, {
    here: ({ records }) => new ApiKeys(records).create(),
    there: async (server) => (await server.json(newKeySchema, 'POST', '/admin/keys')).key,
  });
  context.stdout.write(options.json ? `${JSON.stringify({ key })}\n` : `${key}\n`);
  if (!options.json) context.stderr.write('Keep it: it is not shown again.\n');
}

interface Ways<T> {
  here(stores: Stores): Promise<T>;
  there(server: ServerClient): Promise<T>;
}

/** In the data directory, or through the server that is named or that holds it. */
function hereOrThere<T>(context: CliContext, config: Config, options: AdminOptions, ways: Ways<T>): Promise<T> {
  const there = async (url: string) => ways.there(adminServer(context, config, options, url));
  const named = namedServer(context, options);
  return named === undefined
    ? useDirectory(context, config, { role: 'cinematch keys', here: ways.here, there })
    : there(named);
}
