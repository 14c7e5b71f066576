import path from 'node:path';

/** What stands for a failure that no test accounts for. */
const RUN_ITSELF = '(the run itself)';

/** The test binaries in what `cargo test --no-run --message-format=json` wrote: name, file, and the folder that cargo runs them in. */
export function testBinaries(output) {
  return output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))
    .filter(({ reason, profile, executable }) => reason === 'compiler-artifact' && profile.test && executable)
    .map(({ target, executable, manifest_path }) => ({
      name: target.name,
      executable,
      cwd: path.dirname(manifest_path),
    }));
}

/** Names of the tests that failed in what a test binary of Rust wrote. */
export function rustFailures(output, exitCode) {
  const failed = [...output.matchAll(/^test (.+) \.\.\. FAILED$/gm)].map(([, name]) => name);
  return withRunItself(failed, exitCode);
}

/** Names of the tests, and of the files that did not run, that failed in jest's JSON report. */
export function jestFailures(report, exitCode) {
  const failed = (report?.testResults ?? []).flatMap(({ name, status, assertionResults }) => {
    const tests = assertionResults.filter((test) => test.status === 'failed').map(({ fullName }) => fullName);
    return tests.length === 0 && status === 'failed' ? [`${path.basename(name)} did not run`] : tests;
  });
  return withRunItself(failed, exitCode);
}

function withRunItself(failed, exitCode) {
  return failed.length === 0 && exitCode !== 0 ? [RUN_ITSELF] : failed;
}

/** What ever failed: in which condition and unit, how often, and in how many rounds. A run has a condition, a unit and the names of what failed in it. */
export function tally(runs) {
  const rows = new Map();
  for (const { condition, unit, failures } of runs) {
    for (const test of new Set(failures)) {
      const key = JSON.stringify([condition, unit, test]);
      const row = rows.get(key) ?? { condition, unit, test, failed: 0, rounds: roundsOf(runs, condition, unit) };
      rows.set(key, { ...row, failed: row.failed + 1 });
    }
  }
  return [...rows.values()];
}

function roundsOf(runs, condition, unit) {
  return runs.filter((run) => run.condition === condition && run.unit === unit).length;
}

/** The last words: how much was run in each condition, and what ever failed. */
export function summary(runs) {
  const conditions = [...new Set(runs.map(({ condition }) => condition))];
  const counts = conditions.map((condition) => {
    const own = runs.filter((run) => run.condition === condition);
    const failed = own.filter(({ failures }) => failures.length > 0).length;
    return `${condition}: ${own.length} runs of ${new Set(own.map(({ unit }) => unit)).size} units, ${failed} failed`;
  });
  const rows = tally(runs).map(
    ({ condition, unit, test, failed, rounds }) => `${failed} of ${rounds}, ${condition}, ${unit}: ${test}`,
  );
  return [...counts, ...rows].map((line) => `${line}\n`).join('');
}
