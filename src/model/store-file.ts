import { createHash, randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ModelFile } from './specs';

/**
 * Puts a pinned file in its place, or leaves the place as it was: the bytes go to a temporary file of this process
 * beside the target, and only a file of the pinned size and checksum, synced to disk, is renamed over it. Two
 * processes may do this at once; the last rename wins with the same bytes.
 */
export async function storePinnedFile(
  file: ModelFile,
  target: string,
  bytes: AsyncIterable<Uint8Array>,
  onBytes: (received: number) => void = () => {},
): Promise<void> {
  await mkdir(path.dirname(target), { recursive: true });
  const temporary = `${target}.${process.pid}-${randomBytes(4).toString('hex')}.part`;
  const hash = createHash('sha256');
  let received = 0;
  async function* checked() {
    for await (const chunk of bytes) {
      received += chunk.length;
      if (received > file.bytes) throw new Error(`${file.name} is longer than the ${file.bytes} bytes it should have`);
      hash.update(chunk);
      onBytes(received);
      yield chunk;
    }
  }
  try {
    await pipeline(checked, createWriteStream(temporary, { flags: 'wx' }));
    if (received < file.bytes) {
      throw new Error(`${file.name} was cut off after ${received} of ${file.bytes} bytes`);
    }
    const sha256 = hash.digest('hex');
    if (sha256 !== file.sha256) {
      throw new Error(`${file.name} has the checksum ${sha256} in place of ${file.sha256}`);
    }
    await syncToDisk(temporary);
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function syncToDisk(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
