// npm run eval: builds what is missing or stale, then measures relevance; see bench/relevance/main.ts for the arguments.
import { createRequire } from 'node:module';
import { build } from './lib/build.mjs';

build();
const require = createRequire(import.meta.url);
require('../test/tmdb-stub/register-typescript.js');
require('../bench/relevance/main.ts');
