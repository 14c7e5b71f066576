// npm run settings: writes .env.example and the table of the documentation from the code, with the test that compares them.
import { run } from './lib/build.mjs';

process.env.UPDATE_SETTINGS = '1';
run('jest', ['test/unit/setting-texts.test.ts']);
