// npm run check: formatters, linters, types, spelling, rooms, packages, and what nothing uses.
import { build, run } from './lib/build.mjs';

run('biome', ['check', '--error-on-warnings', '.']);
run('cspell', ['lint', '--no-progress', '--quiet']);
run('knip', ['--no-progress']);
run(process.execPath, ['scripts/check-rooms.mjs']);
run(process.execPath, ['scripts/check-packages.mjs']);
run('cargo', ['fmt', '--all', '--check']);
run('cargo', ['clippy', '--release', '--workspace', '--all-targets', '--', '-D', 'warnings']);
// Without the tests, which open the core's rooms: what nobody else uses is told.
run('cargo', ['clippy', '--release', '--workspace', '--', '-D', 'warnings']);
build(); // the types of the addon
run('tsc', ['--noEmit', '-p', 'tsconfig.test.json']);
process.stderr.write('All checks passed.\n');
