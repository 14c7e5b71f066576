import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { readZipEntry } from '../../../src/model/zip';
import { makeZip, temporaryFolder } from './helpers';

const folder = temporaryFolder();
const random = randomBytes(700_000);

async function read(zip: Buffer, name: string): Promise<Buffer> {
  const file = path.join(folder, 'test.zip');
  writeFileSync(file, zip);
  const chunks: Uint8Array[] = [];
  for await (const chunk of readZipEntry(file, name)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe('readZipEntry', () => {
  const zip = makeZip({ 'a.txt': Buffer.from('alpha'), 'dir/b.bin': random, 'c.txt': Buffer.from('c') }, ['c.txt']);

  test('reads deflated and stored entries', async () => {
    expect((await read(zip, 'a.txt')).toString()).toBe('alpha');
    expect((await read(zip, 'dir/b.bin')).equals(random)).toBe(true);
    expect((await read(zip, 'c.txt')).toString()).toBe('c');
  });

  test('finds the directory before a comment', async () => {
    const commented = Buffer.concat([zip, Buffer.from('a comment')]);
    commented.writeUInt16LE(9, zip.length - 2);
    expect((await read(commented, 'a.txt')).toString()).toBe('alpha');
  });

  test('names an entry that is not there', async () => {
    await expect(read(zip, 'nothing.txt')).rejects.toThrow(/no entry nothing\.txt/);
  });

  test('refuses what is cut off, empty or no zip', async () => {
    await expect(read(zip.subarray(0, zip.length - 30), 'a.txt')).rejects.toThrow(/not a zip file, or is cut off/);
    await expect(read(Buffer.alloc(0), 'a.txt')).rejects.toThrow(/not a zip file, or is cut off/);
    await expect(read(Buffer.from('no zip at all'), 'a.txt')).rejects.toThrow(/not a zip file, or is cut off/);
  });

  test('refuses an entry whose bytes are damaged', async () => {
    const damaged = Buffer.from(makeZip({ 'b.txt': Buffer.from('abcabcabc'.repeat(1_000)) }));
    damaged.fill(0xff, 36, 50);
    await expect(read(damaged, 'b.txt')).rejects.toThrow();
  });
});
