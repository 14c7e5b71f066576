import { callsOf } from './call-script';

const call = callsOf('repeated.mjs');

test('test binaries: those that cargo would run, and where', () => {
  const artifact = (name: string, test: boolean, executable: string | null) =>
    JSON.stringify({
      reason: 'compiler-artifact',
      manifest_path: '/src/core/Cargo.toml',
      target: { name },
      profile: { test },
      executable,
    });
  const output = [
    artifact('core', false, null),
    artifact('core', true, '/target/core-1'),
    'warning: a line that is no message',
    artifact('tool', false, '/target/tool'),
    artifact('filters', true, '/target/filters-1'),
    '{"reason":"build-finished","success":true}',
    '',
  ].join('\n');
  expect(call('testBinaries', output)).toEqual([
    { name: 'core', executable: '/target/core-1', cwd: '/src/core' },
    { name: 'filters', executable: '/target/filters-1', cwd: '/src/core' },
  ]);
});

test('Rust: the tests that failed; a crash is one of the run itself', () => {
  const output =
    'test a::good ... ok\ntest b::bad ... FAILED\ntest c::slow ... ignored\ntest b - should panic ... FAILED\n';
  expect(call('rustFailures', output, 101)).toEqual(['b::bad', 'b - should panic']);
  expect(call('rustFailures', 'test a::good ... ok\n', 0)).toEqual([]);
  expect(call('rustFailures', 'test a::good ... ok\n', null)).toEqual(['(the run itself)']);
});

test('jest: the tests that failed, files that did not run, and no report', () => {
  const passed = { fullName: 'x works', status: 'passed' };
  const report = {
    testResults: [
      {
        name: '/t/x.test.ts',
        status: 'failed',
        assertionResults: [passed, { fullName: 'x breaks', status: 'failed' }],
      },
      { name: '/t/y.test.ts', status: 'failed', assertionResults: [] },
      { name: '/t/z.test.ts', status: 'passed', assertionResults: [passed] },
    ],
  };
  expect(call('jestFailures', report, 1)).toEqual(['x breaks', 'y.test.ts did not run']);
  expect(call('jestFailures', { testResults: [] }, 0)).toEqual([]);
  expect(call('jestFailures', null, 1)).toEqual(['(the run itself)']);
});

const RUNS = [
  { condition: 'idle', unit: 'a', failures: [] },
  { condition: 'busy', unit: 'a', failures: ['first', 'first', 'second'] },
  { condition: 'busy', unit: 'a', failures: ['first'] },
  { condition: 'busy', unit: 'a', failures: [] },
  { condition: 'busy', unit: 'b', failures: [] },
];

test('what ever failed is counted once a round, by condition', () => {
  expect(call('tally', RUNS)).toEqual([
    { condition: 'busy', unit: 'a', test: 'first', failed: 2, rounds: 3 },
    { condition: 'busy', unit: 'a', test: 'second', failed: 1, rounds: 3 },
  ]);
});

test('the last words say how much was run and what failed', () => {
  expect(call('summary', RUNS)).toBe(
    [
      'idle: 1 runs of 1 units, 0 failed',
      'busy: 4 runs of 2 units, 2 failed',
      '2 of 3, busy, a: first',
      '1 of 3, busy, a: second',
      '',
    ].join('\n'),
  );
  expect(call('summary', [])).toBe('');
});
