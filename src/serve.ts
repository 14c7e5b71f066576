import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { composeService, openStores, STARTER_FILMS } from './compose';
import type { Config } from './config';
import { importFilms } from './import/import-films';
import { removeServerFile, writeServerFile } from './server-file';
import type { MovieStore } from './store/movie-store';
import type { Stores } from './store/stores';
import type { UpdateService } from './updates/job/update-service';

/** How long requests in flight may take once the server shall stop: container engines kill after 10 s. */
const DRAIN_MS = 8_000;

/** What serving is done with. */
export interface ServeParts {
  logger: Logger;
  /** Opens the catalogue; tests open another one. */
  open?: (config: Config) => Promise<Stores>;
  /** Shows the admin key that was made at the first start. */
  showNewKey?: (key: string) => void;
}

export interface RunningServer {
  /** Where it answers on this machine. */
  url: string;
  /** Stops accepting, lets requests in flight end, closes the catalogue. */
  stop(): Promise<void>;
}

/** Starts the server: socket, catalogue, bundled films where it is empty. Rejects, with everything closed, where one fails. */
export async function serve(config: Config, parts: ServeParts): Promise<RunningServer> {
  const {
    logger,
    open = (settings) => openStores(settings, 'cinematch serve', { onWarning: (text) => logger.warn(text) }),
  } = parts;
  // The address comes first: where it cannot be had, no model is fetched, no catalogue made and no film imported.
  const server = createServer();
  const requests = holdRequests(server);
  const url = await listen(server, config);
  let stores: Stores | undefined;
  try {
    const opened = await open(config);
    stores = opened;
    const { details } = opened.movies.status();
    for (const notice of details.notices?.split('\n') ?? []) logger.warn(notice);
    const updates = await startService(config, opened, parts, url, requests);
    logger.info({ url, movies: opened.movies.status().films }, `listening on ${url}, documentation on ${url}/docs`);
    return {
      url,
      stop: async () => {
        await stop(server, updates, config);
        await opened.close();
      },
    };
  } catch (error) {
    server.close();
    server.closeAllConnections();
    await stores?.close();
    throw error;
  }
}

/** Keeps requests that come before there is an application for them; the result hands them to it. */
function holdRequests(server: Server): (app: RequestListener) => void {
  let begin: (app: RequestListener) => void = () => {};
  const begun = new Promise<RequestListener>((resolve) => {
    begin = resolve;
  });
  const hold: RequestListener = (request, response) => void begun.then((app) => app(request, response));
  server.on('request', hold);
  return (app) => {
    server.off('request', hold).on('request', app);
    begin(app);
  };
}

/** Everything behind the socket. */
async function startService(
  config: Config,
  stores: Stores,
  { logger, showNewKey }: ServeParts,
  url: string,
  answerWith: (app: RequestListener) => void,
): Promise<UpdateService> {
  await fillEmptyCatalogue(config, stores.movies, logger);
  const { app, updates, newAdminKey } = await composeService(config, stores, logger);
  if (newAdminKey !== undefined) showNewKey?.(newAdminKey);
  writeServerFile(config.dataDir, { pid: process.pid, url });
  try {
    answerWith(app);
    await updates.start();
    return updates;
  } catch (error) {
    removeServerFile(config.dataDir);
    throw error;
  }
}

async function fillEmptyCatalogue(config: Config, store: MovieStore, logger: Logger): Promise<void> {
  if (!config.starterFilms || !store.isEmpty()) return;
  // One transaction: a first start that is cut short leaves all of them or none, so the next one knows what to do.
  const { inserted, seconds } = await importFilms(store, [STARTER_FILMS], { batchSize: Number.POSITIVE_INFINITY });
  logger.info({ films: inserted, seconds }, `added the ${inserted} bundled films in ${seconds.toFixed(1)} s`);
}

/** Resolves with the address for clients on this machine. */
function listen(server: Server, { host, port }: Config): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve(localUrl(host, (server.address() as AddressInfo).port));
    });
  });
}

/** The address for clients on this machine of a server that listens on `host`. */
function localUrl(host: string, port: number): string {
  const reachable = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
}

async function stop(server: Server, updates: UpdateService, { dataDir }: Config): Promise<void> {
  const drained = new Promise<void>((resolve) => server.close(() => resolve()));
  const deadline = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  await updates.stop(); // ends the event streams too
  await drained;
  clearTimeout(deadline);
  removeServerFile(dataDir); // while the directory is still ours
}
