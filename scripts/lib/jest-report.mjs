import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';

const JEST = createRequire(import.meta.url).resolve('jest/bin/jest');

/** Has `run` run jest, by the arguments for Node.js that it gets; resolves with what that did and with jest's JSON report, where there is one. */
export async function withJestReport(run) {
  const folder = mkdtempSync(path.join(tmpdir(), 'cinematch-jest-'));
  const file = path.join(folder, 'report.json');
  try {
    const result = await run([JEST, '--json', `--outputFile=${file}`]);
    return { ...result, report: readReport(file) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined; // jest ended before it had results
  }
}
