import { callsOf } from './call-script';

const call = callsOf('totals.mjs');

const cargo = (...results: [passed: number, failed: number][]) =>
  results
    .map(
      ([passed, failed]) => `test result: ${failed ? 'FAILED' : 'ok'}. ${passed} passed; ${failed} failed; 0 ignored;`,
    )
    .join('\n');

test('cargo: all binaries together', () => {
  expect(call('cargoTotals', cargo([10, 0], [5, 2], [0, 0]), 101)).toEqual({ passed: 15, failed: 2 });
  expect(call('cargoTotals', cargo([10, 0]), 0)).toEqual({ passed: 10, failed: 0 });
});

test('cargo: a build that failed, a crash and nothing at all are failures', () => {
  expect(call('cargoTotals', 'error: could not compile', 101)).toEqual({ passed: 0, failed: 1 });
  expect(call('cargoTotals', cargo([3, 0]), 101)).toEqual({ passed: 3, failed: 1 });
  expect(call('cargoTotals', '', 0)).toEqual({ passed: 0, failed: 1 });
});

test('jest: failed tests, files that did not run, and no report', () => {
  expect(call('jestTotals', { numPassedTests: 7, numFailedTests: 0, numRuntimeErrorTestSuites: 0 }, 0)).toEqual({
    passed: 7,
    failed: 0,
  });
  expect(call('jestTotals', { numPassedTests: 7, numFailedTests: 1, numRuntimeErrorTestSuites: 2 }, 1)).toEqual({
    passed: 7,
    failed: 3,
  });
  expect(call('jestTotals', { numPassedTests: 7, numFailedTests: 0 }, 1)).toEqual({ passed: 7, failed: 1 });
  expect(call('jestTotals', null, 1)).toEqual({ passed: 0, failed: 1 });
  expect(call('jestTotals', { numPassedTests: 0, numFailedTests: 0 }, 0)).toEqual({ passed: 0, failed: 1 });
});

test('the sum', () => {
  expect(call('sum', { passed: 1, failed: 0 }, { passed: 2, failed: 3 })).toEqual({ passed: 3, failed: 3 });
});
