import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ModelFile, ModelSpec } from './specs';

type FileState = 'ok' | 'missing' | 'wrong size' | 'wrong checksum';

export interface FileReport {
  file: ModelFile;
  path: string;
  state: FileState;
}

/** SHA-256 of a file, lower-case hexadecimal. */
async function sha256OfFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}

/** Compares every file of a model with its pinned size and checksum. */
export async function verifyModel(spec: ModelSpec, folder: string): Promise<FileReport[]> {
  return Promise.all(
    spec.files.map(async (file) => {
      const target = path.join(folder, file.name);
      return { file, path: target, state: await stateOf(file, target) };
    }),
  );
}

async function stateOf(file: ModelFile, target: string): Promise<FileState> {
  const info = await stat(target).catch(() => undefined);
  if (!info?.isFile()) return 'missing';
  if (info.size !== file.bytes) return 'wrong size';
  return (await sha256OfFile(target)) === file.sha256 ? 'ok' : 'wrong checksum';
}
