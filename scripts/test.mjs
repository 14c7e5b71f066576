// npm test: all tests of both languages, then their totals on the last line. Fails where any test fails or none ran.
import { spawn } from 'node:child_process';
import { build, ROOT } from './lib/build.mjs';
import { withJestReport } from './lib/jest-report.mjs';
import { testEnvironment } from './lib/test-environment.mjs';
import { cargoTotals, jestTotals, sum } from './lib/totals.mjs';

build();
const environment = await testEnvironment();
const totals = sum(await runCargo(), await runJest());
const failed = totals.failed > 0 || totals.passed === 0;
process.stdout.write(`${totals.passed} passed, ${totals.failed} failed\n`);
process.exit(failed ? 1 : 0);

async function runCargo() {
  const { code, output } = await runTool('cargo', ['test', '--release', '--workspace', '--no-fail-fast']);
  return cargoTotals(output, code);
}

async function runJest() {
  const { report, code } = await withJestReport((args) => runTool(process.execPath, args, ['stderr']));
  return jestTotals(report, code);
}

/** Runs a tool, shows its streams and resolves with its exit code and what it wrote to stdout. */
function runTool(tool, args, shown = ['stdout', 'stderr']) {
  return new Promise((resolve, reject) => {
    const child = spawn(tool, args, { cwd: ROOT, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    for (const stream of shown) child[stream].pipe(process[stream], { end: false });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}
