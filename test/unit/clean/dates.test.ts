import { isDay, yearOf } from '../../../src/clean/dates';

test.each(['1999-03-31', '2024-02-29', '2000-02-29'])('%s is a day', (text) => {
  expect(isDay(text)).toBe(true);
});

test.each([
  '1999-13-45',
  '0000-00-00',
  '0000-01-01',
  '2024-02-30',
  '2023-02-29',
  '1900-02-29',
  '1999',
  '1999-3-31',
  '1999-03-31T00:00:00Z',
  '',
])('%j is none', (text) => {
  expect(isDay(text)).toBe(false);
});

test('a year is one that films are of', () => {
  expect(yearOf('1999-03-31')).toBe(1999);
  expect(yearOf('0001-01-01')).toBeUndefined();
  expect(yearOf(undefined)).toBeUndefined();
});
