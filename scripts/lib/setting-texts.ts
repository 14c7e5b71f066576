import { SETTINGS } from '../../src/config';
import type { Setting } from '../../src/config/setting';

/** `.env.example`: every setting with its default. */
export function envExample(): string {
  const head =
    '# Settings of CineMatch, each with its default; `npm run settings` writes this file from src/config/schema.ts.\n' +
    '# Copy it to .env and change what you need; variables of the environment win over it. An empty value counts as absent.\n';
  return head + SETTINGS.map(exampleEntry).join('');
}

function exampleEntry({ variable, meaning, fallback }: Setting): string {
  // A value keeps its small letters.
  const sentence = meaning.charAt(0).toUpperCase() + meaning.slice(1);
  const without = 'words' in fallback && fallback.words !== 'none' ? ` Without it: ${fallback.words}.` : '';
  const value = 'value' in fallback ? fallback.value : '';
  return `\n# ${`${sentence}.${without}`.replaceAll('`', '')}\n${variable}=${value}\n`;
}

/** The table of the documentation. */
function settingsTable(): string {
  const rows = SETTINGS.map(({ variable, meaning, fallback }) => {
    const standard = 'value' in fallback ? `\`${fallback.value}\`` : fallback.words;
    return `| \`${variable}\` | ${standard} | ${meaning} |\n`;
  });
  return `| variable | default | meaning |\n|---|---|---|\n${rows.join('')}`;
}

const BEGIN = '<!-- Written by `npm run settings` -->\n';
const END = '<!-- End of the settings -->\n';

/** The text with the table between its marks as it should be; nothing where it has no marks. */
export function withSettingsTable(text: string): string | undefined {
  const begin = text.indexOf(BEGIN);
  const end = text.indexOf(END);
  if (begin < 0 || end < begin) return undefined;
  return `${text.slice(0, begin)}${BEGIN}\n${settingsTable()}\n${text.slice(end)}`;
}
