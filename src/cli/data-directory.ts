import type { Config } from '../config';
import { readServerFile } from '../server-file';
import { StoreError } from '../store/store-error';
import type { Stores } from '../store/stores';
import { type AdminOptions, adminServer, namedServer } from './admin-server';
import { CliError } from './cli-error';
import type { CliContext } from './context';
import { fetchListener } from './fetch-listener';
import { ServerClient, ServerUnreachable } from './server-client';

/** What a command does with the data directory. */
export interface DirectoryUse<T> {
  /** Told to another process that wants the directory meanwhile. */
  role: string;
  /** Where nobody has the directory: with its stores, which are closed afterwards. */
  here(stores: Stores): Promise<T>;
  /** Where a server has it, through that server. Without it the command cannot run beside a server. */
  there?(server: ServerClient): Promise<T>;
  /** Where the server wants an admin key: the options that may have one, and may name another server, which is asked then. */
  admin?: AdminOptions;
}

/** Uses the data directory of the configuration, opened in this process or through the server that holds it. */
export async function useDirectory<T>(context: CliContext, config: Config, use: DirectoryUse<T>): Promise<T> {
  const named = use.admin && namedServer(context, use.admin);
  if (named !== undefined && use.there) return use.there(clientOf(context, config, use, named));
  const opened = await open(context, config, use.role);
  if (opened instanceof StoreError) return beside(opened, context, config, use);
  try {
    return await use.here(opened);
  } finally {
    await opened.close();
  }
}

/** The stores, or the error of a directory that another process holds. */
async function open(context: CliContext, config: Config, role: string): Promise<Stores | StoreError> {
  const listener = fetchListener(context);
  try {
    return await context.openStores(config, role, listener);
  } catch (error) {
    if (error instanceof StoreError && error.code === 'data_dir_locked') return error;
    throw error;
  } finally {
    listener.done();
  }
}

function clientOf<T>(context: CliContext, config: Config, { admin }: DirectoryUse<T>, url: string): ServerClient {
  return admin ? adminServer(context, config, admin, url) : new ServerClient(url);
}

async function beside<T>(locked: StoreError, context: CliContext, config: Config, use: DirectoryUse<T>): Promise<T> {
  const server = readServerFile(config.dataDir);
  if (use.there === undefined) {
    throw new CliError(
      `${locked.message}. This command needs the directory for itself: stop that process, or let it finish, and run it again.`,
    );
  }
  if (server === undefined) {
    throw new CliError(
      `${locked.message}, which is not a server that is ready to do this: let it finish, and run this again.`,
    );
  }
  try {
    return await use.there(clientOf(context, config, use, server.url));
  } catch (error) {
    if (!(error instanceof ServerUnreachable)) throw error;
    throw new CliError(
      `${locked.message}. ${error.message} It may be starting or stopping: run this again in a moment.`,
    );
  }
}
