import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism, cpus, freemem, totalmem } from 'node:os';
import { z } from 'zod';
import { ADDON_DIR, loadEngine } from '../compose';
import type { Config } from '../config';
import { locateModel } from '../model/locate';
import { locateRuntime } from '../model/runtime';
import { verifyModel } from '../model/verify';
import { readServerFile } from '../server-file';
import type { StoreStatus } from '../store/movie-store';
import { StoreError } from '../store/store-error';
import { VERSION } from '../version';
import { messageOf } from './cli-error';
import type { CliContext } from './context';
import { ServerClient } from './server-client';

/** One thing that was looked at. `missing` keeps the engine from working, a `note` is worth knowing. */
export interface Check {
  name: string;
  state: 'ok' | 'note' | 'missing';
  detail: string;
}

/** Instruction sets that speed up the 8-bit model, as Linux calls them. */
const CPU_FEATURES = ['avx2', 'avx_vnni', 'avx512f', 'avx512_vnni', 'amx_int8', 'asimddp', 'i8mm'];

const aboutSchema = z.object({ version: z.string(), movies: z.int(), generation: z.int() });

/** Looks at everything that the engine needs, and changes nothing that a start would not. */
export async function runChecks(context: CliContext): Promise<Check[]> {
  const machine = [versions(), processor(), memory()];
  let config: Config;
  try {
    config = context.loadConfig();
  } catch (error) {
    return [...machine, { name: 'configuration', state: 'missing', detail: textOf(error) }];
  }
  const parts = [await engine(), library(config), await model(config)];
  const usable = parts.every(({ state }) => state !== 'missing');
  return [...machine, ...parts, await catalogue(context, config, usable), tmdb(config)];
}

function versions(): Check {
  return {
    name: 'versions',
    state: 'ok',
    detail: `cinematch ${VERSION}, node ${process.version}, ${process.platform}-${process.arch}`,
  };
}

function processor(): Check {
  const name = cpus()[0]?.model ?? 'unknown';
  const features = cpuFeatures();
  const known =
    features === undefined ? 'features not told here' : features.join(' ') || 'none of the features that help';
  return { name: 'processor', state: 'ok', detail: `${name}, ${availableParallelism()} threads; ${known}` };
}

function cpuFeatures(): string[] | undefined {
  try {
    const line = /^(?:flags|Features)\s*:(.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1] ?? '';
    const flags = new Set(line.trim().split(/\s+/));
    return CPU_FEATURES.filter((feature) => flags.has(feature));
  } catch {
    return undefined; // only Linux has the file
  }
}

function memory(): Check {
  const gigabytes = (bytes: number) => (bytes / 2 ** 30).toFixed(1);
  return { name: 'memory', state: 'ok', detail: `${gigabytes(freemem())} GiB free of ${gigabytes(totalmem())} GiB` };
}

async function engine(): Promise<Check> {
  const name = 'engine';
  try {
    await loadEngine();
    return { name, state: 'ok', detail: `loaded from ${ADDON_DIR}` };
  } catch (error) {
    return { name, state: 'missing', detail: textOf(error) };
  }
}

function library(config: Config): Check {
  try {
    const path = locateRuntime({ ortLibrary: config.ortLibrary, addonDir: ADDON_DIR });
    return { name: 'ONNX Runtime', state: 'ok', detail: path };
  } catch (error) {
    return { name: 'ONNX Runtime', state: 'missing', detail: textOf(error) };
  }
}

async function model(config: Config): Promise<Check> {
  const name = 'model';
  const location = locateModel(config);
  if (!location)
    return { name, state: existsSync(config.model) ? 'ok' : 'missing', detail: `your own, ${config.model}` };
  const files = await verifyModel(location.spec, location.folder);
  const wrong = files.filter(({ state }) => state !== 'ok');
  if (wrong.length === 0)
    return { name, state: 'ok', detail: `${location.spec.name}, verified, in ${location.folder}` };
  const problems = wrong.map(({ path, state }) => `${path}: ${state}`).join('\n');
  return {
    name,
    state: 'missing',
    detail: `${location.spec.name}\n${problems}\n\`cinematch model fetch\` downloads it`,
  };
}

async function catalogue(context: CliContext, config: Config, usable: boolean): Promise<Check> {
  const name = 'catalogue';
  if (!existsSync(config.dataDir)) {
    return { name, state: 'note', detail: `${config.dataDir} is not there yet; the first start makes it` };
  }
  if (!usable) return { name, state: 'note', detail: `${config.dataDir}, not opened without the parts above` };
  try {
    const stores = await context.openStores(config, 'cinematch doctor');
    try {
      return { name, state: 'ok', detail: statusText(stores.movies.status()) };
    } finally {
      await stores.close();
    }
  } catch (error) {
    if (!(error instanceof StoreError && error.code === 'data_dir_locked')) {
      return { name, state: 'missing', detail: textOf(error) };
    }
    return { name, state: 'ok', detail: (await holderText(config)) ?? error.message };
  }
}

function statusText({ films, generation, model: used, pending, details }: StoreStatus): string {
  const { data_dir, notices, ...others } = details;
  const waiting = pending > 0 ? `, ${pending} to be embedded again` : '';
  return [
    `${films} films, generation ${generation}${data_dir === undefined ? '' : `, in ${data_dir}`}`,
    `vectors by ${used.name} ${used.precision}${waiting}`,
    Object.entries(others)
      .map(([name, value]) => `${name.replaceAll('_', ' ')} ${value}`)
      .join(', '),
    ...(notices === undefined ? [] : [notices]),
  ].join('\n');
}

/** What the server that holds the directory says of itself. */
async function holderText({ dataDir }: Config): Promise<string | undefined> {
  const server = readServerFile(dataDir);
  if (!server) return undefined;
  try {
    const about = await new ServerClient(server.url).json(aboutSchema, 'GET', '/about');
    return `${about.movies} films, generation ${about.generation}, in ${dataDir}\nserved at ${server.url} by process ${server.pid}, cinematch ${about.version}`;
  } catch (error) {
    return `${dataDir}, held by process ${server.pid}\n${textOf(error)}`;
  }
}

function tmdb({ tmdb: { apiKey } }: Config): Check {
  return apiKey.trim() === ''
    ? { name: 'TMDB key', state: 'note', detail: 'not set; only `cinematch ingest` and updates need TMDB_API_KEY' }
    : { name: 'TMDB key', state: 'ok', detail: 'set' };
}

function textOf(error: unknown): string {
  return messageOf(error) ?? (error instanceof Error ? error.message : String(error));
}
