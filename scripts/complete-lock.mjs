// npm run lock: writes package-lock.json anew, complete for every platform.
//
// Where a registry mirror has the binaries of one platform only, npm leaves the others out of the lock file, and
// `npm ci` then refuses the file, everywhere. Which versions are missing is known from the packages that want them, and
// for which platform each is from its name; npm adds the checksums (`integrity`) where it can see the packages.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT, run } from './lib/build.mjs';

const LOCK = path.join(ROOT, 'package-lock.json');
const SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const PROCESSORS = ['arm', 'arm64', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];

run('npm', ['install', '--package-lock-only', '--ignore-scripts']);
const lock = JSON.parse(readFileSync(LOCK, 'utf8'));
for (const parent of Object.values(lock.packages)) {
  for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
    lock.packages[`node_modules/${name}`] ??= entryOf(name, version, parent.dev);
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en')));
writeFileSync(LOCK, `${JSON.stringify(lock, null, 2)}\n`);

function entryOf(name, version, dev) {
  const parts = name.split('-');
  const cpu = parts.filter((part) => PROCESSORS.includes(part));
  const os = parts.filter((part) => SYSTEMS.includes(part));
  if (cpu.length === 0) throw new Error(`${name} is missing from the registry, and its name tells no platform`);
  const libc = os[0] === 'linux' ? [parts.at(-1).startsWith('musl') ? 'musl' : 'glibc'] : [];
  return {
    version,
    cpu,
    ...(dev && { dev }),
    ...(libc.length > 0 && { libc }),
    optional: true,
    ...(os.length > 0 && { os }),
  };
}
