// npm run build: the engine and the service, where they are not up to date; --force builds both.
import { build } from './lib/build.mjs';

build({ force: process.argv.includes('--force') });
