#!/usr/bin/env node
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const program = join(__dirname, '..', 'dist', 'cli', 'program.js');
if (!existsSync(program)) {
  process.stderr.write('error: CineMatch is not built yet; run `npm run build`.\n');
  process.exit(1);
}
require(program)
  .run(process.argv.slice(2))
  // What is still on its way into a pipe gets there first.
  .then((code) => process.stdout.write('', () => process.exit(code)));
