import { mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { locateModel, userModelCache } from '../../../src/model/locate';
import { locateRuntime } from '../../../src/model/runtime';
import { findModelSpec, MODEL_SPECS, modelNames } from '../../../src/model/specs';
import { temporaryFolder } from './helpers';

const root = temporaryFolder();

describe('the models', () => {
  test('presets and names find them, anything else does not', () => {
    expect(findModelSpec('fast')?.name).toBe('all-MiniLM-L6-v2-int8');
    expect(findModelSpec('quality')?.name).toBe('bge-small-en-v1.5-int8');
    for (const name of modelNames()) expect(findModelSpec(name)).toBeDefined();
    expect(findModelSpec('toString')).toBeUndefined();
    expect(findModelSpec('')).toBeUndefined();
  });

  test('are pinned by complete checksums', () => {
    for (const spec of MODEL_SPECS) {
      expect(spec.files.map((file) => file.name).sort()).toEqual(['model.onnx', 'tokenizer.json']);
      for (const file of spec.files) expect(file.sha256).toMatch(/^[0-9a-f]{64}$/);
    }
  });
});

describe('locateModel', () => {
  test('without MODEL_DIR it is in the cache of the user', () => {
    expect(locateModel({ model: 'fast' })).toMatchObject({
      folder: path.join(userModelCache(), 'all-MiniLM-L6-v2-int8'),
      ownFolder: false,
    });
  });

  test('MODEL_DIR is a folder of models, or the folder of the files themselves', () => {
    const own = path.join(root, 'own');
    mkdirSync(own);
    writeFileSync(path.join(own, 'model.onnx'), '');
    expect(locateModel({ model: 'fast', modelDir: root })).toMatchObject({
      folder: path.join(root, 'all-MiniLM-L6-v2-int8'),
      ownFolder: false,
    });
    expect(locateModel({ model: 'fast', modelDir: own })).toMatchObject({ folder: own, ownFolder: true });
  });

  test("a folder of a model of one's own has nothing to locate", () => {
    expect(locateModel({ model: '/models/mine' })).toBeUndefined();
  });

  test('an unknown model is refused with the known ones', () => {
    expect(() => locateModel({ model: 'gpt' })).toThrow(/no model "gpt".*fast, quality, all-MiniLM-L6-v2-int8/);
  });
});

test('userModelCache follows the platform', () => {
  expect(userModelCache({ XDG_CACHE_HOME: '/x' }, 'linux')).toBe('/x/cinematch/models');
  expect(userModelCache({ XDG_CACHE_HOME: 'relative' }, 'linux')).toBe(path.join(homedir(), '.cache/cinematch/models'));
  expect(userModelCache({}, 'darwin')).toBe(path.join(homedir(), '.cache/cinematch/models'));
  expect(userModelCache({ LOCALAPPDATA: '/local' }, 'win32')).toBe('/local/cinematch/models');
});

describe('locateRuntime', () => {
  test('the library of the settings wins, and must be there', () => {
    const library = path.join(root, 'my-onnxruntime');
    writeFileSync(library, '');
    expect(locateRuntime({ ortLibrary: library, addonDir: root })).toBe(library);
    expect(() => locateRuntime({ ortLibrary: path.join(root, 'none'), addonDir: root })).toThrow(/ORT_LIBRARY names/);
  });

  test('else the npm package has it, unless one lies beside the addon', () => {
    const fromPackage = locateRuntime({ addonDir: root });
    expect(path.isAbsolute(fromPackage)).toBe(true);
    expect(fromPackage).toContain(path.join('onnxruntime-node', 'bin', 'napi-v6', process.platform, process.arch));
    const beside = path.join(root, path.basename(fromPackage));
    writeFileSync(beside, '');
    expect(locateRuntime({ addonDir: root })).toBe(beside);
  });
});
