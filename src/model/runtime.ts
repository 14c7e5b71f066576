import { existsSync } from 'node:fs';
import path from 'node:path';
import { ModelError } from './model-error';

/** The file name of ONNX Runtime in `onnxruntime-node`'s folder of each platform. */
const LIBRARY_NAMES: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'libonnxruntime.so.1',
  darwin: 'libonnxruntime.1.dylib',
  win32: 'onnxruntime.dll',
};

export interface RuntimeSettings {
  /** ORT_LIBRARY: the library itself. */
  ortLibrary?: string | undefined;
  /** The folder of the addon, where a published package carries the library. */
  addonDir: string;
}

/**
 * The absolute path of the ONNX Runtime library: the one that the settings name, else the one beside the addon, else
 * the one in the npm package `onnxruntime-node`. Throws a ModelError that says where it was looked for.
 */
export function locateRuntime(settings: RuntimeSettings): string {
  if (settings.ortLibrary) {
    const named = path.resolve(settings.ortLibrary);
    if (existsSync(named)) return named;
    throw new ModelError(`ORT_LIBRARY names ${named}, which does not exist.`);
  }
  const name = LIBRARY_NAMES[process.platform];
  if (!name)
    throw new ModelError(`ONNX Runtime has no build for ${process.platform}; set ORT_LIBRARY to one of your own.`);
  const candidates = [path.resolve(settings.addonDir, name), ...inNodePackage(name)];
  const found = candidates.find((candidate) => existsSync(candidate));
  if (found) return found;
  throw new ModelError(
    [
      `The ONNX Runtime library is missing. Looked for:`,
      ...candidates.map((candidate) => `  ${candidate}`),
      'Run `npm ci` to install it, or set ORT_LIBRARY to the library of an installation of ONNX Runtime.',
    ].join('\n'),
  );
}

function inNodePackage(name: string): string[] {
  try {
    const packageDir = path.dirname(require.resolve('onnxruntime-node/package.json'));
    return [path.join(packageDir, 'bin', 'napi-v6', process.platform, process.arch, name)];
  } catch {
    return []; // the package is not installed, as in production
  }
}
