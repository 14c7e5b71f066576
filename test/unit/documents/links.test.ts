import { existsSync } from 'node:fs';
import path from 'node:path';
import { documents } from '../../fixtures/documents';

const DOCUMENTS = documents();

/** Links and pictures that lead to a file or a heading here. */
const LINKS = DOCUMENTS.flatMap(({ file, text }) =>
  [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => ({ file, target }))
    .filter(({ target }) => !/^[a-z]+:/.test(target)),
);

test('every link of the documents leads somewhere', () => {
  expect(LINKS.length).toBeGreaterThan(50);
  const dead = LINKS.filter(({ file, target }) => !leadsSomewhere(file, target));
  expect(dead.map(({ file, target }) => `${path.basename(file)}: ${target}`)).toEqual([]);
});

test('the front page is short', () => {
  const readme = DOCUMENTS.find(({ file }) => path.basename(file) === 'README.md');
  expect(readme?.text.split('\n').length).toBeLessThanOrEqual(180);
});

function leadsSomewhere(file: string, target: string): boolean {
  const [to = '', anchor] = target.split('#');
  const there = to === '' ? file : path.join(path.dirname(file), to);
  if (!existsSync(there)) return false;
  const text = DOCUMENTS.find((document) => document.file === there)?.text;
  return anchor === undefined || (text !== undefined && anchorsOf(text).includes(anchor));
}

/** The anchors of the headings, as GitHub makes them. */
function anchorsOf(text: string): string[] {
  const headings = withoutCode(text).matchAll(/^#+ (.+)$/gm);
  return [...headings].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\- ]/gu, '')
      .replaceAll(' ', '-'),
  );
}

function withoutCode(text: string): string {
  return text.replace(/```[\s\S]*?```/g, '');
}
