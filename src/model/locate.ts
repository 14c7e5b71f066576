import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { ModelError } from './model-error';
import { findModelSpec, type ModelSpec, modelNames } from './specs';

export interface ModelSettings {
  /** A name or preset of `specs.ts`, or the folder of a model of one's own. */
  model: string;
  /** The folder of the model's files, or a folder of such folders; the user's cache where absent. */
  modelDir?: string | undefined;
}

export interface ModelLocation {
  spec: ModelSpec;
  /** Absolute folder that holds, or shall hold, `model.onnx` and `tokenizer.json`. */
  folder: string;
  /** Whether the folder was named by the user for these very files, so that nothing is ever downloaded into it. */
  ownFolder: boolean;
}

/** Where downloaded models are kept: one folder a user, shared by all checkouts. */
export function userModelCache(env: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform) {
  if (platform === 'win32') {
    return path.join(env.LOCALAPPDATA ?? path.join(homedir(), 'AppData', 'Local'), 'cinematch', 'models');
  }
  // The XDG specification has relative paths ignored.
  const cache = env.XDG_CACHE_HOME;
  return path.join(cache && path.isAbsolute(cache) ? cache : path.join(homedir(), '.cache'), 'cinematch', 'models');
}

/** The folder of models that the settings mean. */
export function modelsRoot(settings: Pick<ModelSettings, 'modelDir'>): string {
  return path.resolve(settings.modelDir ?? userModelCache());
}

/**
 * Which model the settings mean and in which folder its files belong; `undefined` for the folder of a model of one's
 * own, which says itself what it is. Throws a ModelError for an unknown name.
 */
export function locateModel(settings: ModelSettings): ModelLocation | undefined {
  const spec = findModelSpec(settings.model);
  if (!spec && /[/\\]/.test(settings.model)) return undefined;
  if (!spec) {
    throw new ModelError(`There is no model "${settings.model}". Known models: ${modelNames().join(', ')}.`);
  }
  const root = modelsRoot(settings);
  const ownFolder = !existsSync(path.join(root, spec.name)) && existsSync(path.join(root, 'model.onnx'));
  return { spec, folder: ownFolder ? root : path.join(root, spec.name), ownFolder };
}
