// npm run test:repeat: runs tests again and again, on a machine that is idle, busy, or has one core, and tells what ever failed.
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { build, ROOT } from './lib/build.mjs';
import { withJestReport } from './lib/jest-report.mjs';
import { jestFailures, rustFailures, summary, testBinaries } from './lib/repeated.mjs';
import { testEnvironment } from './lib/test-environment.mjs';

/** How many busy loops run beside the tests, and what the tests are run by. */
const CONDITIONS = {
  idle: { loops: 0, prefix: [] },
  busy: { loops: 2, prefix: [] },
  'one-core': { loops: 0, prefix: ['taskset', '-c', '0'] },
};

const USAGE = `Runs tests again and again and tells what ever failed; exits with 1 if anything did.

  npm run test:repeat -- [--rounds 10] [--conditions ${Object.keys(CONDITIONS).join(',')}] [--only REGEX] [--limit 30]

  --rounds N         how often each unit is run in each condition
  --conditions LIST  idle: nothing is added; busy: two busy loops beside; one-core: pinned to the first core
  --only REGEX       only units whose name matches: "jest" (all test files, as npm test runs them),
                     "test/e2e/ingest.test.ts", "rust engine"
  --limit MINUTES    a run that takes longer is ended, and has failed
  --list             only name the units
`;

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '10' },
    conditions: { type: 'string', default: Object.keys(CONDITIONS).join(',') },
    only: { type: 'string', default: '' },
    limit: { type: 'string', default: '30' },
    list: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds);
const limitMs = Number(values.limit) * 60_000;
const conditions = values.conditions.split(',');
const wrong = conditions.find((name) => !Object.hasOwn(CONDITIONS, name));
if (values.help) end(0, USAGE);
if (wrong !== undefined || !(rounds >= 1) || !(limitMs > 0)) end(2, USAGE);

const runs = [];
let running;
for (const [signal, number] of [
  ['SIGINT', 2],
  ['SIGTERM', 15],
]) {
  process.on(signal, () => {
    kill(running);
    process.stdout.write(`Ended by ${signal}. Until then:\n${summary(runs)}`);
    process.exit(128 + number); // the busy loops are threads of this process and end with it
  });
}

build();
const environment = await testEnvironment();
const only = new RegExp(values.only);
const units = [...jestUnits(), ...(await rustUnits())].filter(({ name }) => only.test(name));
if (values.list) end(0, units.map(({ name }) => `${name}\n`).join(''));
if (units.length === 0) end(2, `No unit is named like ${values.only}.\n`);

for (const condition of conditions) await runCondition(condition);
end(runs.some(({ failures }) => failures.length > 0) ? 1 : 0, summary(runs));

function end(code, text) {
  process.stdout.write(text);
  process.exit(code);
}

async function runCondition(condition) {
  const { loops, prefix } = CONDITIONS[condition];
  const workers = Array.from({ length: loops }, () => new Worker('for (;;);', { eval: true }));
  for (let round = 1; round <= rounds; round += 1) {
    for (const unit of units) {
      const from = performance.now();
      const { failures, output } = await unit.run(prefix);
      const seconds = ((performance.now() - from) / 1_000).toFixed(1);
      runs.push({ condition, unit: unit.name, failures });
      const outcome = failures.length === 0 ? 'passed' : `FAILED: ${failures.join('; ')}\n${output}`;
      process.stdout.write(`${condition}, round ${round} of ${rounds}, ${unit.name}, ${seconds} s: ${outcome}\n`);
    }
  }
  for (const worker of workers) await worker.terminate();
}

/** All of jest, and by themselves the files that start processes. */
function jestUnits() {
  const files = ['test/e2e', 'test/native'].flatMap((folder) =>
    readdirSync(path.join(ROOT, folder))
      .filter((name) => name.endsWith('.test.ts'))
      .map((name) => `${folder}/${name}`),
  );
  const unit = (name, paths) => ({ name, run: (prefix) => runJest(prefix, paths) });
  return [unit('jest', []), ...files.map((file) => unit(file, ['--runTestsByPath', file]))];
}

async function runJest(prefix, args) {
  const run = (jest) => runTool([...prefix, process.execPath, ...jest, ...args], ROOT);
  const { report, code, errors } = await withJestReport(run);
  return { failures: jestFailures(report, code), output: errors };
}

/** Built once; cargo runs them one after the other as well. */
async function rustUnits() {
  const args = ['test', '--release', '--workspace', '--no-run', '--message-format=json'];
  const { code, output, errors } = await runTool(['cargo', ...args], ROOT, { limit: false });
  if (code !== 0) end(1, errors);
  return testBinaries(output).map(({ name, executable, cwd }) => ({
    name: `rust ${name}`,
    run: async (prefix) => {
      const result = await runTool([...prefix, executable], cwd);
      return { failures: rustFailures(result.output, result.code), output: result.output + result.errors };
    },
  }));
}

/** Runs a tool in a process group of its own; one that takes too long is killed with all that it started, and has no exit code. */
function runTool([tool, ...args], cwd, { limit = true } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(tool, args, { cwd, env: environment, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    running = child;
    const timer = limit ? setTimeout(() => kill(child), limitMs) : undefined;
    let output = '';
    let errors = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      errors += text;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(timer);
      running = undefined;
      resolve({ code, output, errors });
    });
  });
}

function kill(child) {
  try {
    if (child) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}
