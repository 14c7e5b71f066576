import { readFileSync } from 'node:fs';
import path from 'node:path';

/** A file of a model, pinned by checksum: other bytes are never used. */
export interface ModelFile {
  name: 'model.onnx' | 'tokenizer.json';
  /** Lower-case hexadecimal. */
  sha256: string;
  bytes: number;
  /** Path in the repository on Hugging Face; absent where these bytes are not known to be there. */
  huggingFacePath?: string;
  /** Name inside the Maven artifact, which is a zip. */
  jarEntry: string;
}

/** An embedding model that CineMatch knows: what it consists of and where the same bytes can be had. */
export interface ModelSpec {
  /** Its name in the settings, and the folder that holds its files. */
  name: string;
  description: string;
  huggingFaceRepository: string;
  /** Maven coordinates, `group:artifact:version`. */
  mavenArtifact: string;
  files: readonly ModelFile[];
}

/** A file's facts as `data/models.json` has them; the engine reads the same. */
interface KnownFile {
  file: ModelFile['name'];
  sha256: string;
  bytes: number;
}

interface KnownSource {
  hugging_face_path?: string;
  jar_entry: string;
}

interface KnownModels {
  presets: Record<string, string>;
  models: {
    description: string;
    spec: { name: string; precision: string; model: KnownFile; tokenizer: KnownFile };
    download: { hugging_face_repository: string; maven_artifact: string; model: KnownSource; tokenizer: KnownSource };
  }[];
}

const KNOWN = JSON.parse(readFileSync(path.join(__dirname, '..', '..', 'data', 'models.json'), 'utf8')) as KnownModels;

const modelFile = ({ file, sha256, bytes }: KnownFile, source: KnownSource): ModelFile => ({
  name: file,
  sha256,
  bytes,
  ...(source.hugging_face_path !== undefined && { huggingFacePath: source.hugging_face_path }),
  jarEntry: source.jar_entry,
});

export const MODEL_SPECS: readonly ModelSpec[] = KNOWN.models.map(({ description, spec, download }) => ({
  name: `${spec.name}-${spec.precision}`,
  description,
  huggingFaceRepository: download.hugging_face_repository,
  mavenArtifact: download.maven_artifact,
  files: [modelFile(spec.model, download.model), modelFile(spec.tokenizer, download.tokenizer)],
}));

/** Short names of the settings for the models that most people want. */
const MODEL_PRESETS: Readonly<Record<string, string>> = KNOWN.presets;

/** The model of a name or preset; `undefined` for a name that nobody knows. */
export function findModelSpec(nameOrPreset: string): ModelSpec | undefined {
  const name = MODEL_PRESETS[nameOrPreset] ?? nameOrPreset;
  return MODEL_SPECS.find((spec) => spec.name === name);
}

/** Every name that `findModelSpec` knows, presets first. */
export function modelNames(): string[] {
  return [...Object.keys(MODEL_PRESETS), ...MODEL_SPECS.map((spec) => spec.name)];
}
