import { cleanLine, cleanProse, isReadable } from '../../../src/clean/text';

test.each([
  ['Salt &amp; Pepper', 'Salt & Pepper'],
  ['&quot;go&quot; &#39;on&#39; &eacute;', `"go" 'on' é`],
  ['AT&T &copy &nothing; 1 & 2;', 'AT&T &copy &nothing; 1 & 2;'],
  ['&amp;amp;', '&amp;'],
  [' Up\n', 'Up'],
])('%j is kept as %j', (raw, clean) => {
  expect(cleanLine(raw)).toBe(clean);
});

test('a title is one line, a plot keeps its lines', () => {
  expect(cleanLine('Toy \r\n\tStory')).toBe('Toy Story');
  expect(cleanProse(' A ship\nsinks. ')).toBe('A ship\nsinks.');
});

test.each([
  ['a\u0000b', false],
  ['a\u001bb', false],
  ['a\ud83d', false],
  ['\ude00b', false],
  ['a\tb\n', true],
  ['😀 é', true],
])('%j is readable: %s', (text, readable) => {
  expect(isReadable(text)).toBe(readable);
});
