import { meanVote } from '../../../src/clean/votes';

test.each([
  [0, 0, undefined],
  [0, undefined, undefined],
  [7.5, 0, undefined],
  [undefined, 12, undefined],
  [7.5, undefined, 7.5],
  [7.5, 12, 7.5],
  [0, 12, 0],
])('a mean of %s of %s votes is %s', (average, votes, mean) => {
  expect(meanVote(average, votes)).toBe(mean);
});
