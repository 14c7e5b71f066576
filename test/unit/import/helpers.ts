import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const folder = mkdtempSync(path.join(tmpdir(), 'cinematch-import-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let number = 0;

/** Writes a file of this name into a folder that is gone after the test file; its path. */
export function writeTemporary(name: string, content: string | Buffer): string {
  const file = path.join(folder, `${number++}-${name}`);
  writeFileSync(file, content);
  return file;
}

/** The lines of a JSONL file of these films. */
export function jsonl(...rows: object[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}
