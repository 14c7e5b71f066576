/** Numbers of tests, of one tool or of several. */
export function sum(...totals) {
  return {
    passed: totals.reduce((total, { passed }) => total + passed, 0),
    failed: totals.reduce((total, { failed }) => total + failed, 0),
  };
}

/** The totals in what `cargo test` wrote; a failure that no test accounts for (it did not build) counts as one. */
export function cargoTotals(output, exitCode) {
  const results = [...output.matchAll(/^test result: .*? (\d+) passed; (\d+) failed;/gm)];
  const totals = sum(...results.map(([, passed, failed]) => ({ passed: Number(passed), failed: Number(failed) })));
  return withUnexplained(totals, exitCode !== 0 || results.length === 0);
}

/** The totals of jest's JSON report; a test file that did not run counts as one failure. */
export function jestTotals(report, exitCode) {
  const totals = {
    passed: report?.numPassedTests ?? 0,
    failed: (report?.numFailedTests ?? 0) + (report?.numRuntimeErrorTestSuites ?? 0),
  };
  return withUnexplained(totals, exitCode !== 0 || totals.passed === 0);
}

function withUnexplained(totals, somethingFailed) {
  return somethingFailed && totals.failed === 0 ? { ...totals, failed: 1 } : totals;
}
