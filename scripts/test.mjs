// npm test: all tests of both languages, then their totals on the last line. Fails where any test fails or none ran.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build, ROOT } from './lib/build.mjs';
import { cargoTotals, jestTotals, sum } from './lib/totals.mjs';

const require = createRequire(import.meta.url);

build();
const environment = { ...process.env, ...(await provideModel()) };
const totals = sum(await runCargo(), await runJest());
const failed = totals.failed > 0 || totals.passed === 0;
process.stdout.write(`${totals.passed} passed, ${totals.failed} failed\n`);
process.exit(failed ? 1 : 0);

/** Fetches the default model where it is missing, and says where the tests find it and ONNX Runtime. */
async function provideModel() {
  const { run } = require('../dist/cli/program.js');
  if ((await run(['model', 'fetch'])) !== 0) process.exit(1);
  const { modelsRoot } = require('../dist/model/locate.js');
  const { locateRuntime } = require('../dist/model/runtime.js');
  const { loadConfig } = require('../dist/config.js');
  const { modelDir, ortLibrary } = loadConfig();
  return {
    CINEMATCH_TEST_MODEL_DIR: modelsRoot({ modelDir }),
    CINEMATCH_TEST_ORT_LIBRARY: locateRuntime({ ortLibrary, addonDir: path.join(ROOT, 'native') }),
  };
}

async function runCargo() {
  const { code, output } = await runTool('cargo', ['test', '--release', '--workspace', '--no-fail-fast']);
  return cargoTotals(output, code);
}

async function runJest() {
  const folder = mkdtempSync(path.join(tmpdir(), 'cinematch-jest-'));
  const report = path.join(folder, 'report.json');
  try {
    const jest = require.resolve('jest/bin/jest');
    const { code } = await runTool(process.execPath, [jest, '--json', `--outputFile=${report}`], ['stderr']);
    return jestTotals(readReport(report), code);
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
