import { DEFAULT_CRITERIA, resolveOptions, updateOptionsSchema } from '../../../../src/updates/ingestion/options';

describe('update options', () => {
  it('may all be left out', () => {
    expect(resolveOptions(updateOptionsSchema.parse({}), DEFAULT_CRITERIA)).toEqual({
      target: 50,
      min_rating: 7,
      min_votes: 500,
    });
    expect(resolveOptions({ target: 3, min_rating: 0 }, DEFAULT_CRITERIA)).toEqual({
      target: 3,
      min_rating: 0,
      min_votes: 500,
    });
  });

  it.each([
    [{ target: 0 }, 'target'],
    [{ target: 1.5 }, 'target'],
    [{ min_rating: 11 }, 'min_rating'],
    [{ min_votes: -1 }, 'min_votes'],
    [{ language: 'french' }, 'language'],
    [{ year_from: 2000, year_to: 1999 }, 'year_to'],
    [{ genre: ' ' }, 'genre'],
    [{ reset: true, refresh: true }, 'refresh'],
    [{ reset: 'yes' }, 'reset'],
  ])('%j is refused at %s', (options, field) => {
    expect(updateOptionsSchema.safeParse(options).error?.issues.map(({ path }) => path.join('.'))).toEqual([field]);
  });

  it('that are unknown are refused', () => {
    expect(updateOptionsSchema.safeParse({ targets: 5 }).success).toBe(false);
  });
});
