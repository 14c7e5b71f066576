import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import type { ModelSpec } from '../../../src/model/specs';

export const MODEL_BYTES = Buffer.from('the bytes of a model, '.repeat(5_000));
export const TOKENIZER_BYTES = Buffer.from('{"model":{}}');

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** A model small enough for tests. */
export const SPEC: ModelSpec = {
  name: 'tiny-int8',
  description: 'for tests',
  huggingFaceRepository: 'someone/tiny',
  mavenArtifact: 'example:tiny:1.0',
  files: [
    {
      name: 'model.onnx',
      sha256: sha256(MODEL_BYTES),
      bytes: MODEL_BYTES.length,
      huggingFacePath: 'onnx/model.onnx',
      jarEntry: 'tiny.onnx',
    },
    {
      name: 'tokenizer.json',
      sha256: sha256(TOKENIZER_BYTES),
      bytes: TOKENIZER_BYTES.length,
      huggingFacePath: 'tokenizer.json',
      jarEntry: 'tiny-tokenizer.json',
    },
  ],
};

const cleanUps: (() => void)[] = [];
afterAll(() => {
  for (const cleanUp of cleanUps) cleanUp();
});

/** A new folder that is gone after the test file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'cinematch-test-'));
  cleanUps.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A server on a free port of the loopback, closed after the test file. */
export async function serve(listener: RequestListener): Promise<string> {
  const server: Server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanUps.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A zip of the entries, each deflated unless its name is in `stored`. */
export function makeZip(entries: Record<string, Buffer>, stored: string[] = []): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, bytes] of Object.entries(entries)) {
    const method = stored.includes(name) ? 0 : 8;
    const data = method === 0 ? bytes : deflateRawSync(bytes);
    // What the local header (from its byte 4) and the directory (from its byte 6) have in common.
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(method, 4);
    common.writeUInt32LE(typeof crc32 === 'function' ? crc32(bytes) : 0, 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(name.length, 22);
    parts.push(Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), data]));
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), common, rest, Buffer.from(name)]));
    offset += 30 + name.length + data.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, central, end]);
}
