// Finds packages of either language whose licence may not go along with the program, and crates that nothing uses.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './lib/build.mjs';
import { isAllowed } from './lib/licences.js';

/** Licences that ask for no more than their notice, as SPDX names them. */
const ALLOWED = [
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BSL-1.0',
  'CC0-1.0',
  'CDLA-Permissive-2.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Unicode-3.0',
  'Unlicense',
  'Zlib',
];

const { packages } = cargoMetadata();
const own = packages.filter(({ source }) => source === null);
const problems = [...npmLicences(), ...cargoLicences(), ...own.flatMap(unusedCrates)];
for (const problem of problems) process.stderr.write(`${problem}\n`);
process.exitCode = problems.length > 0 ? 1 : 0;

/** Of the packages that are installed to run the service; tools for its development do not go along. */
function npmLicences() {
  const { packages: locked } = JSON.parse(readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8'));
  return Object.entries(locked)
    .filter(([folder, { dev, link }]) => folder !== '' && !dev && !link)
    .flatMap(([folder, { license }]) =>
      licenceProblem(`npm package ${folder.replace(/^node_modules\//, '')}`, license),
    );
}

function cargoLicences() {
  return packages.flatMap(({ name, license }) => licenceProblem(`crate ${name}`, license));
}

function licenceProblem(name, licence) {
  if (licence && isAllowed(licence, ALLOWED)) return [];
  return [`${name}: its licence (${licence ?? 'none is given'}) is not among those of scripts/check-packages.mjs`];
}

/** Dependencies of a crate of ours that its sources never name. */
function unusedCrates({ name, manifest_path: manifest, dependencies }) {
  const folder = path.dirname(manifest);
  const text = readdirSync(folder, { recursive: true })
    .filter((file) => file.endsWith('.rs'))
    .map((file) => readFileSync(path.join(folder, file), 'utf8'))
    .join('\n');
  return dependencies
    .map((dependency) => (dependency.rename ?? dependency.name).replaceAll('-', '_'))
    .filter((crate) => !new RegExp(`\\b${crate}\\b`).test(text))
    .map((crate) => `crate ${name}: nothing in it uses ${crate}`);
}

function cargoMetadata() {
  const args = ['metadata', '--format-version', '1', '--locked', '--all-features'];
  const { stdout, stderr, status, error } = spawnSync('cargo', args, {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) {
    process.stderr.write(`error: cargo metadata failed: ${error?.message ?? stderr}\n`);
    process.exit(1);
  }
  return JSON.parse(stdout);
}
