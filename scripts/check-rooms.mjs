// Finds imports of src/ that lead up or sideways, by the order of rooms in lib/rooms.js.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { ROOT } from './lib/build.mjs';
import { importProblem } from './lib/rooms.js';

const SRC = path.join(ROOT, 'src');
const files = readdirSync(SRC, { recursive: true }).filter((file) => file.endsWith('.ts'));
const problems = files.flatMap((file) =>
  importsOf(file).flatMap((target) => importProblem(slashes(file), slashes(target)) ?? []),
);
for (const problem of problems) process.stderr.write(`${problem}\n`);
process.exitCode = problems.length > 0 ? 1 : 0;

/** The files of src/ that a file of it imports, types included. */
function importsOf(file) {
  const { importedFiles } = ts.preProcessFile(readFileSync(path.join(SRC, file), 'utf8'), true, true);
  return importedFiles
    .filter(({ fileName }) => fileName.startsWith('.'))
    .map(({ fileName }) => `${path.join(path.dirname(file), fileName)}.ts`)
    .filter((target) => existsSync(path.join(SRC, target)));
}

function slashes(file) {
  return file.replaceAll(path.sep, '/');
}
