// npm run openapi: writes docs/openapi.json from the code, with the test that compares the two.
import { run } from './lib/build.mjs';

process.env.UPDATE_OPENAPI = '1';
run('jest', ['test/api/openapi.test.ts']);
