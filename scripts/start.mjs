// npm start: builds what is missing or stale, then serves. Arguments go to `cinematch serve`.
import { createRequire } from 'node:module';
import { build } from './lib/build.mjs';

build();
process.argv.splice(2, 0, 'serve');
createRequire(import.meta.url)('../bin/cinematch.js');
