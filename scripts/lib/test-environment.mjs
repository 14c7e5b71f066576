import { createRequire } from 'node:module';
import path from 'node:path';
import { ROOT } from './build.mjs';

const require = createRequire(import.meta.url);

/** The environment for tests: fetches the default model where it is missing, and says where it and ONNX Runtime are. Ends the process where it cannot. */
export async function testEnvironment() {
  const { run } = require('../../dist/cli/program.js');
  if ((await run(['model', 'fetch'])) !== 0) process.exit(1);
  const { modelsRoot } = require('../../dist/model/locate.js');
  const { locateRuntime } = require('../../dist/model/runtime.js');
  const { loadConfig } = require('../../dist/config.js');
  const { modelDir, ortLibrary } = loadConfig();
  return {
    ...process.env,
    CINEMATCH_TEST_MODEL_DIR: modelsRoot({ modelDir }),
    CINEMATCH_TEST_ORT_LIBRARY: locateRuntime({ ortLibrary, addonDir: path.join(ROOT, 'native') }),
  };
}
