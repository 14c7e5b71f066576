import { readFileSync } from 'node:fs';
import path from 'node:path';
import dotenv from 'dotenv';
import { CONFIG_VARIABLES, parseConfig } from '../../src/config';

const example = dotenv.parse(readFileSync(path.join(__dirname, '../../.env.example')));

describe('.env.example', () => {
  test('names every variable of the configuration, and no other', () => {
    expect(Object.keys(example).sort()).toEqual([...CONFIG_VARIABLES].sort());
  });

  test('shows the defaults', () => {
    expect(parseConfig(example)).toEqual(parseConfig({}));
  });

  test('leaves empty only what has no default', () => {
    const empty = Object.keys(example).filter((name) => example[name] === '');
    expect(empty.sort()).toEqual(
      ['ADMIN_API_KEY', 'MODEL_DIR', 'ORT_LIBRARY', 'TMDB_API_KEY', 'UPDATE_SCHEDULE', 'UPDATE_TIMEZONE'].sort(),
    );
  });
});
