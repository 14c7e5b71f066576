const { isAllowed } = require('../../../scripts/lib/licences.js') as {
  isAllowed(expression: string, allowed: string[]): boolean;
};

test.each([
  ['MIT', true],
  ['GPL-3.0', false],
  ['MIT OR GPL-3.0', true],
  ['GPL-3.0 OR MIT', true],
  ['MIT/Apache-2.0', true],
  ['MIT AND GPL-3.0', false],
  ['(MIT OR GPL-3.0) AND ISC', true],
  ['(MIT OR ISC) AND GPL-3.0', false],
  ['GPL-3.0 OR MIT AND ISC', true],
  ['Apache-2.0 WITH LLVM-exception OR GPL-3.0', true],
  ['', false],
  ['SEE LICENSE IN LICENSE.md', false],
  ['MIT GPL-3.0', false],
])('%s: %s', (expression, allowed) => {
  expect(isAllowed(expression, ['MIT', 'Apache-2.0', 'ISC'])).toBe(allowed);
});
