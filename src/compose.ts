import path from 'node:path';
import type { Express } from 'express';
import type { Logger } from 'pino';
import { createApp } from './app';
import { createAdminGuard } from './auth/admin-guard';
import { ApiKeys } from './auth/api-keys';
import { createKeyRoutes } from './auth/key-routes';
import type { Config } from './config';
import { type FetchOptions, fetchModel } from './model/fetch';
import { locateModel, modelsRoot } from './model/locate';
import { ModelError } from './model/model-error';
import { locateRuntime } from './model/runtime';
import type { Stores } from './store/stores';
import { UpdateService } from './updates/job/update-service';
import { createUpdateRoutes } from './updates/update-routes';

/** The bundled films, in the import format. */
export const STARTER_FILMS = path.join(__dirname, '..', 'data', 'starter-films.jsonl');

/** Where the addon is, and beside it, in a published package, the ONNX Runtime library. */
export const ADDON_DIR = path.join(__dirname, '..', 'native');

/** Told while the model is fetched. */
export type FetchListener = Pick<FetchOptions, 'onStep' | 'onProgress' | 'signal'>;

/** Told while the catalogue is opened, and what goes wrong in the background from then on. */
export type StoreListener = FetchListener & { onWarning?: (message: string) => void };

/** Makes sure the model of the configuration is there, downloading it where it is not. Throws a ModelError. */
export async function provideModel(config: Config, listener: FetchListener = {}): Promise<void> {
  const location = locateModel(config);
  if (location) await fetchModel(location, { huggingFaceEndpoint: config.huggingFaceEndpoint, ...listener });
}

/**
 * Opens the catalogue of the configuration in this process, which then owns it. `role` is what another process is
 * told that wants it too. Throws a ModelError where the model cannot be had, a StoreError otherwise.
 */
export async function openStores(config: Config, role: string, listener?: StoreListener): Promise<Stores> {
  const runtimeLibrary = locateRuntime({ ortLibrary: config.ortLibrary, addonDir: ADDON_DIR });
  const { openEmbeddedStores } = await loadEngine();
  await provideModel(config, listener);
  const settings = {
    data_dir: config.dataDir,
    model: config.model,
    model_dir: modelsRoot(config),
    runtime_library: runtimeLibrary,
    role,
    query_threads: config.queryThreads,
    bulk_threads: config.bulkThreads,
  };
  return openEmbeddedStores(settings, listener?.onWarning);
}

/** Loads the addon, only here: commands that need no engine work, and say what is missing, without it. */
export async function loadEngine(): Promise<typeof import('./store/embedded-store')> {
  try {
    return await import('./store/embedded-store');
  } catch (error) {
    throw new ModelError(
      `The native engine cannot be loaded; \`npm run build\` builds it. ${(error as Error).message.split('\n')[0]}`,
    );
  }
}

/** Everything that a running server consists of, apart from its socket. */
export interface Service {
  app: Express;
  updates: UpdateService;
  /** A key made just now, because there was none; it is not shown again. */
  newAdminKey: string | undefined;
}

/** Builds the service on open stores; nothing runs yet. */
export async function composeService(config: Config, { movies, records }: Stores, logger: Logger): Promise<Service> {
  const keys = new ApiKeys(records, config.adminApiKey);
  const newAdminKey = await keys.ensureAdmin();
  const adminGuard = createAdminGuard(keys, logger);
  const updates = new UpdateService({
    records,
    tmdb: config.tmdb,
    workerStore: { module: path.join(__dirname, 'store', 'worker-store.js'), dataDir: config.dataDir },
    defaults: config.updates.criteria,
    logger,
    ...scheduleOf(config),
  });
  const features = [createUpdateRoutes(updates), createKeyRoutes(keys)];
  const { corsOrigins, trustProxy } = config;
  return {
    app: createApp({ store: movies, features, adminGuard, logger, corsOrigins, trustProxy }),
    updates,
    newAdminKey,
  };
}

/** When updates start by themselves, where they do. */
function scheduleOf({ updates: { schedule } }: Config) {
  const { cron, timezone } = schedule;
  return cron === undefined ? {} : { schedule: { cron, options: {}, ...(timezone !== undefined && { timezone }) } };
}
