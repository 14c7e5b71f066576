import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

export const ROOT = path.resolve(import.meta.dirname, '..', '..');
/** Where it is kept which sources the outputs were built from. */
const STAMPS = path.join(ROOT, '.cache', 'build');

// napi builds for the named platform, cargo by itself for none: two target folders, everything compiled twice.
const host = hostTriple();
if (host) process.env.CARGO_BUILD_TARGET ??= host;

const TARGETS = [
  {
    name: 'engine',
    sources: ['Cargo.toml', 'Cargo.lock', 'crates'],
    built: () => readdirSync(path.join(ROOT, 'native')).some((file) => file.endsWith('.node')),
    command: [
      'napi',
      [
        'build',
        '--platform',
        '--release',
        '--manifest-path',
        'crates/cinematch-node/Cargo.toml',
        '--output-dir',
        'native',
        '--js',
        'index.js',
        '--dts',
        'index.d.ts',
      ],
    ],
  },
  {
    name: 'service',
    sources: ['tsconfig.json', 'package-lock.json', 'src', 'native/index.d.ts'],
    built: () => isFile('dist/cli/program.js'),
    // Built aside and swapped, so that a build that fails leaves the last one, and one that works nothing of sources that are gone.
    before: () => removeFolder('dist.new'),
    command: ['tsc', ['-p', 'tsconfig.json', '--outDir', 'dist.new']],
    after: swapService,
  },
];

/** Builds what is missing or older than its sources, first the engine, whose types the service uses. Ends the process where a build fails. */
export function build({ force = false } = {}) {
  for (const target of TARGETS) {
    const hash = hashOf(target.sources);
    if (!force && target.built() && stampOf(target) === hash) continue;
    process.stderr.write(`Building the ${target.name}\n`);
    target.before?.();
    run(...target.command);
    target.after?.();
    mkdirSync(STAMPS, { recursive: true });
    // Building the engine may have written its types anew; what it was built from is unchanged.
    writeFileSync(stampFile(target), hash);
  }
}

/** ReDoc is a page's script, so its bundle goes along with its licences, and its packages need not be installed to serve. */
const REDOC_FILES = ['LICENSE', 'bundles/redoc.standalone.js', 'bundles/redoc.standalone.js.LICENSE.txt'];

function copyRedoc() {
  for (const file of REDOC_FILES) {
    cpSync(path.join(ROOT, 'node_modules/redoc', file), path.join(ROOT, 'dist.new/redoc', path.basename(file)));
  }
}

function swapService() {
  copyRedoc();
  removeFolder('dist.old');
  if (existsSync(path.join(ROOT, 'dist'))) renameSync(path.join(ROOT, 'dist'), path.join(ROOT, 'dist.old'));
  renameSync(path.join(ROOT, 'dist.new'), path.join(ROOT, 'dist'));
  removeFolder('dist.old');
}

function removeFolder(name) {
  rmSync(path.join(ROOT, name), { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

/** Runs a tool of node_modules or of the system in the root of the repository; ends the process where it fails. */
export function run(tool, args) {
  const local = path.join(ROOT, 'node_modules', '.bin', tool);
  const shell = process.platform === 'win32';
  const { status, error } = spawnSync(isFile(local) ? local : tool, args, {
    cwd: ROOT,
    stdio: ['inherit', 2, 2],
    shell,
  });
  if (error?.code === 'ENOENT') fail(`${tool} is not installed; ${adviceFor(tool)}`);
  if (error) fail(`${tool} could not be run: ${error.message}`);
  if (status !== 0) fail(`${tool} failed`);
}

/** This machine, as Rust names it; undefined where Rust is missing, which the build itself then says. */
function hostTriple() {
  const { stdout } = spawnSync('rustc', ['-vV'], { encoding: 'utf8' });
  return /^host: (.+)$/m.exec(stdout ?? '')?.[1];
}

function adviceFor(tool) {
  return tool === 'cargo' ? 'install Rust from https://rustup.rs' : 'run `npm ci`';
}

function fail(message) {
  process.stderr.write(`error: ${message}\n`);
  process.exit(1);
}

/** One hash over the paths and contents of all files in `sources`. */
function hashOf(sources) {
  const hash = createHash('sha256');
  for (const file of sources.flatMap(filesIn).sort()) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(path.join(ROOT, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

function filesIn(source) {
  if (isFile(source)) return [source];
  const absolute = path.join(ROOT, source);
  if (!statSync(absolute, { throwIfNoEntry: false })) return [];
  return readdirSync(absolute, { recursive: true })
    .map((name) => path.join(source, name))
    .filter(isFile);
}

function isFile(file) {
  return statSync(path.resolve(ROOT, file), { throwIfNoEntry: false })?.isFile() ?? false;
}

function stampFile({ name }) {
  return path.join(STAMPS, `${name}.sha256`);
}

function stampOf(target) {
  return isFile(stampFile(target)) ? readFileSync(stampFile(target), 'utf8') : undefined;
}
