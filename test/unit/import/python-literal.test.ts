import { parseLiteral } from '../../../src/import/python-literal';

describe('parseLiteral', () => {
  test.each([
    [`[{'id': 16, 'name': 'Animation'}]`, [{ id: 16, name: 'Animation' }]],
    [`[{"id": 16, "name": "Animation"}]`, [{ id: 16, name: 'Animation' }]],
    [
      `{'name': "Schindler's List", 'poster': None, 'video': False, 'adult': True}`,
      { name: "Schindler's List", poster: null, video: false, adult: true },
    ],
    [`{"a": null, "b": true, "c": false}`, { a: null, b: true, c: false }],
    [String.raw`['it\'s', 'a\\b', '\xe9\u00e9', "\U0001F600", 'a\nb']`, ["it's", 'a\\b', 'éé', '😀', 'a\nb']],
    [`[1, -2.5, 1e3, 0]`, [1, -2.5, 1000, 0]],
    ['[]', []],
    ['{}', {}],
    [' [ 1 , 2 , ] ', [1, 2]],
    [`{'nested': [{'deep': [[]]}]}`, { nested: [{ deep: [[]] }] }],
  ])('%s', (text, value) => {
    expect(parseLiteral(text)).toEqual(value);
  });

  test.each([
    ['[', 'a value'],
    ['[1', '"," or "]"'],
    [`{'a' 1}`, '":"'],
    [`{'a': 1`, '"," or "}"'],
    [`'open`, "a closing '"],
    [`'open\\`, "a closing '"],
    [`'\\xg0'`, '2 digits of \\x'],
    [`'\\U00110000'`, '8 digits of \\U'],
    ['[1] x', 'the end'],
    ['undefined', 'a value'],
    ['constructor', 'a value'],
    ['', 'a value'],
  ])('refuses %s', (text, expected) => {
    expect(() => parseLiteral(text)).toThrow(`expected ${expected} at character`);
  });

  test('agrees with JSON.parse on JSON', () => {
    const value = { a: [1, 'two "quoted" \\ back', { b: null, c: [true, false] }], 'é😀': '\u2028', n: -1.5e-7 };
    expect(parseLiteral(JSON.stringify(value))).toEqual(value);
  });

  test('a key of an object cannot reach its prototype', () => {
    const value = parseLiteral(`{'__proto__': {'polluted': True}}`);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});
