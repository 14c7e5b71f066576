const FLOORS = [['engine'], ['questions', 'tmdb'], ['updates/job'], ['updates'], ['serve']];

const { importProblem } = require('../../../scripts/lib/rooms.js') as {
  importProblem(from: string, to: string, floors: string[][]): string | undefined;
};

test.each([
  ['down', 'questions/view.ts', 'engine/store.ts'],
  ['within a room', 'questions/view.ts', 'questions/fields.ts'],
  ['from the ground of a room to a room in it', 'updates/routes.ts', 'updates/job/update.ts'],
  ['from a file that is a room', 'serve.ts', 'updates/routes.ts'],
])('an import %s is allowed', (_way, from, to) => {
  expect(importProblem(from, to, FLOORS)).toBeUndefined();
});

test.each([
  ['up', 'engine/store.ts', 'questions/view.ts', 'above'],
  ['sideways', 'tmdb/client.ts', 'questions/view.ts', 'beside'],
  ['from a room in a room to its ground', 'updates/job/update.ts', 'updates/routes.ts', 'above'],
])('an import %s is refused', (_way, from, to, where) => {
  expect(importProblem(from, to, FLOORS)).toContain(where);
});

test.each([
  ['attic/box.ts', 'engine/store.ts'],
  ['serve.ts', 'attic/box.ts'],
])('a file that is in no room is refused (%s imports %s)', (from, to) => {
  expect(importProblem(from, to, FLOORS)).toContain('src/attic/box.ts is in no room');
});
