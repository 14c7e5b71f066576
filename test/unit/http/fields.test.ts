import { z } from 'zod';
import { compact } from '../../../src/compact';
import { queryBoolean, queryList, queryNumber, text } from '../../../src/http/fields';
import { pointer } from '../../../src/http/validate';

test('compact leaves out what is undefined, at every depth, and nothing else', () => {
  const value = { a: undefined, b: { c: undefined, d: [{ e: undefined, f: 0 }] }, g: null, h: '', i: false };
  expect(compact(value)).toStrictEqual({ b: { d: [{ f: 0 }] }, g: null, h: '', i: false });
});

test('pointer escapes as RFC 6901 says', () => {
  expect(pointer([])).toBe('');
  expect(pointer(['a/b', 'c~d', 0])).toBe('/a~1b/c~0d/0');
});

test.each(['', ' ', '\n\t', '\u200b', '\u2060 \ufeff'])('text refuses the blank %j', (value) => {
  expect(text(5).safeParse(value).success).toBe(false);
});

test.each(['\u0000', '\u001b[0m', '\u007f', '\ud83c', '\udfac a'])('text refuses what nobody types: %j', (value) => {
  expect(text(9).safeParse(`a${value}`).success).toBe(false);
});

test.each([
  [' a ', 'a'],
  ['a\r\n\tb', 'a\r\n\tb'],
  ['🎬🎬🎬🎬🎬', '🎬🎬🎬🎬🎬'],
  ['?', '?'],
])('text takes %j', (value, parsed) => {
  expect(text(5).parse(value)).toBe(parsed);
});

test.each(['', ' 5', '5 ', '0x5', '1e1', 'Infinity', '5,0', '+5', '--5'])('%j is no number of a query', (value) => {
  expect(queryNumber(z.number()).safeParse(value).success).toBe(false);
});

test.each([
  ['5', 5],
  ['-5', -5],
  ['7.25', 7.25],
])('%j is the number %d', (value, number) => {
  expect(queryNumber(z.number()).parse(value)).toBe(number);
});

test('only true and false are booleans of a query', () => {
  expect([queryBoolean().parse('true'), queryBoolean().parse('false')]).toEqual([true, false]);
  for (const value of ['', '1', 'yes', 'TRUE']) expect(queryBoolean().safeParse(value).success).toBe(false);
});

test('lists of a query are repeated, separated by commas, or both', () => {
  const list = queryList(z.array(text(9)));
  expect(list.parse('a, b')).toEqual(['a', 'b']);
  expect(list.parse(['a', 'b,c'])).toEqual(['a', 'b', 'c']);
  expect(list.safeParse('a,,b').success).toBe(false);
});
