import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { envExample, withSettingsTable } from '../../scripts/lib/setting-texts';
import { parseConfig, SETTINGS } from '../../src/config';

const ROOT = path.join(__dirname, '../..');
const EXAMPLE = path.join(ROOT, '.env.example');

/** Every page of the documentation. */
const PAGES = [
  path.join(ROOT, 'README.md'),
  ...readdirSync(path.join(ROOT, 'docs'))
    .filter((file) => file.endsWith('.md'))
    .map((file) => path.join(ROOT, 'docs', file)),
];

test('.env.example is written from the settings (npm run settings)', () => {
  if (process.env.UPDATE_SETTINGS) writeFileSync(EXAMPLE, envExample());
  expect(readFileSync(EXAMPLE, 'utf8')).toBe(envExample());
});

test('.env.example has every setting, at its default', () => {
  const example = parseEnv(readFileSync(EXAMPLE, 'utf8'));
  expect(Object.keys(example).sort()).toEqual(SETTINGS.map(({ variable }) => variable).sort());
  expect(parseConfig(example)).toEqual(parseConfig({}));
});

test('one page of the documentation has the table of the settings, as it is written from them (npm run settings)', () => {
  const pages = PAGES.flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    const wanted = withSettingsTable(text);
    return wanted === undefined ? [] : [{ file, text, wanted }];
  });
  expect(pages).toHaveLength(1);
  for (const { file, text, wanted } of pages) {
    if (process.env.UPDATE_SETTINGS) writeFileSync(file, wanted);
    else expect(text).toBe(wanted);
  }
});
