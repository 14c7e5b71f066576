import type { Command } from 'commander';
import type { Config } from '../config';
import { CliError } from './cli-error';
import type { CliContext } from './context';
import { ServerClient } from './server-client';

/** Options of commands that a server does for the holder of an admin key. */
export interface AdminOptions {
  server?: string;
  key?: string;
}

export function addAdminOptions(command: Command): Command {
  return command
    .option('--server <url>', 'let this server do it (CINEMATCH_URL); by default the one that holds the data directory')
    .option('--key <key>', 'admin key of that server (CINEMATCH_KEY, or ADMIN_API_KEY)');
}

/** The address of the server that the user names. */
export function namedServer({ env }: CliContext, { server }: AdminOptions): string | undefined {
  return server ?? (env.CINEMATCH_URL || undefined);
}

/** The server at `url` with the key that the options or the environment have. Throws a CliError where there is none. */
export function adminServer(
  { env }: CliContext,
  { adminApiKey }: Config,
  options: AdminOptions,
  url: string,
): ServerClient {
  const key = options.key ?? (env.CINEMATCH_KEY || adminApiKey);
  if (key !== undefined) return new ServerClient(url, key);
  throw new CliError(
    `The server at ${url} does this, and wants an admin key: give it with --key, CINEMATCH_KEY or ADMIN_API_KEY. One was shown at its first start. If none is left, stop the server; \`cinematch keys create\` then makes another.`,
  );
}
