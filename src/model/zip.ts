import { type FileHandle, open } from 'node:fs/promises';
import { createInflateRaw } from 'node:zlib';

// Field layout of a zip: PKWARE APPNOTE 6.3.10, sections 4.3.7 (local header), 4.3.12 (central directory), 4.3.16 (end).
const LOCAL_HEADER = 0x04034b50;
const CENTRAL_HEADER = 0x02014b50;
const END_OF_DIRECTORY = 0x06054b50;
const END_BYTES = 22;
const LONGEST_COMMENT = 0xffff;
const STORED = 0;
const DEFLATED = 8;

interface Entry {
  method: number;
  compressedBytes: number;
  localHeaderOffset: number;
}

/** The uncompressed bytes of one entry of a zip file (without encryption and below 4 GB, as jars are). */
export async function* readZipEntry(zipPath: string, name: string): AsyncGenerator<Uint8Array> {
  const zip = await open(zipPath, 'r');
  try {
    const entry = await findEntry(zip, zipPath, name);
    const header = await readExactly(zip, entry.localHeaderOffset, 30, zipPath);
    if (header.readUInt32LE(0) !== LOCAL_HEADER)
      throw new Error(`${zipPath} is damaged: no entry where ${name} begins`);
    const start = entry.localHeaderOffset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
    const compressed = zip.createReadStream({
      start,
      end: start + entry.compressedBytes - 1,
      autoClose: false,
      highWaterMark: 1 << 18,
    });
    if (entry.method === STORED) yield* compressed;
    else if (entry.method === DEFLATED) {
      const inflate = createInflateRaw();
      compressed.on('error', (error) => inflate.destroy(error));
      yield* compressed.pipe(inflate);
    } else throw new Error(`${name} in ${zipPath} is compressed by method ${entry.method}, which cannot be read here`);
  } finally {
    await zip.close();
  }
}

async function findEntry(zip: FileHandle, zipPath: string, name: string): Promise<Entry> {
  const directory = await readDirectory(zip, zipPath);
  for (let at = 0; at + 46 <= directory.length && directory.readUInt32LE(at) === CENTRAL_HEADER; ) {
    const nameEnd = at + 46 + directory.readUInt16LE(at + 28);
    if (directory.toString('utf8', at + 46, nameEnd) === name) {
      return {
        method: directory.readUInt16LE(at + 10),
        compressedBytes: directory.readUInt32LE(at + 20),
        localHeaderOffset: directory.readUInt32LE(at + 42),
      };
    }
    at = nameEnd + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  throw new Error(`${zipPath} has no entry ${name}`);
}

async function readDirectory(zip: FileHandle, zipPath: string): Promise<Buffer> {
  const { size } = await zip.stat();
  const tailBytes = Math.min(size, END_BYTES + LONGEST_COMMENT);
  const tail = await readExactly(zip, size - tailBytes, tailBytes, zipPath);
  for (let at = tail.length - END_BYTES; at >= 0; at--) {
    if (tail.readUInt32LE(at) === END_OF_DIRECTORY) {
      return readExactly(zip, tail.readUInt32LE(at + 16), tail.readUInt32LE(at + 12), zipPath);
    }
  }
  throw new Error(`${zipPath} is not a zip file, or is cut off`);
}

async function readExactly(zip: FileHandle, position: number, length: number, zipPath: string): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await zip.read(buffer, 0, length, position);
  if (bytesRead !== length) throw new Error(`${zipPath} is damaged or cut off`);
  return buffer;
}
