/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2023' }, module: { type: 'commonjs' } },
    ],
  },
  // Ends what hangs. No test is about speed, and slow machines are many times slower than fast ones.
  testTimeout: 120_000,
  testMatch: ['**/*.test.ts'],
};
