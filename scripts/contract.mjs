import { run } from './lib/build.mjs';

// The test that compares the TypeScript of the contract with its Rust sources writes it where it is asked to.
process.env.CINEMATCH_WRITE_CONTRACT = '1';
run('cargo', ['test', '--release', '-p', 'cinematch-core', '--lib', 'typescript::']);
