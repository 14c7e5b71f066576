import { toFilm, unknownFields } from '../../../src/import/film-row';

const MINIMAL = { tmdb_id: 597, title: 'Titanic' };

function film(fields: Record<string, unknown>) {
  const result = toFilm(fields);
  if ('reason' in result) throw new Error(result.reason);
  return result.film;
}

describe('toFilm', () => {
  test('id and title are enough', () => {
    expect(film(MINIMAL)).toEqual({
      ...MINIMAL,
      overview: '',
      genres: [],
      directors: [],
      cast: [],
      keywords: [],
      alternative_titles: [],
      countries: [],
    });
  });

  test('director is a string of names, directors a list, and the list wins', () => {
    expect(film({ ...MINIMAL, director: 'Daniel Kwan, Daniel Scheinert' }).directors).toEqual([
      'Daniel Kwan',
      'Daniel Scheinert',
    ]);
    expect(film({ ...MINIMAL, directors: ['A, B'], director: 'C' }).directors).toEqual(['A, B']);
    expect(film({ ...MINIMAL, directors: [], director: 'C' }).directors).toEqual(['C']);
    expect(film({ ...MINIMAL, director: '' }).directors).toEqual([]);
  });

  test('null and the empty string mean not known; names are trimmed and single', () => {
    const nothing = { runtime: null, tagline: '', imdb_id: '', overview: null, cast: null, year: null };
    expect(film({ ...MINIMAL, ...nothing })).toEqual(film(MINIMAL));
    expect(film({ ...MINIMAL, genres: [' Drama', 'Drama', ''] }).genres).toEqual(['Drama']);
  });

  test('the year comes from the date where it is not given; a runtime of 0 is not known', () => {
    expect(film({ ...MINIMAL, release_date: '1997-11-18' }).year).toBe(1997);
    expect(film({ ...MINIMAL, release_date: '1997-11-18', year: 1998 }).year).toBe(1998);
    expect(film({ ...MINIMAL, release_date: '0001-01-01' }).year).toBeUndefined();
    expect(film({ ...MINIMAL, runtime: 0 })).not.toHaveProperty('runtime');
    expect(film({ ...MINIMAL, runtime: 99.5 }).runtime).toBe(100);
  });

  test.each([
    [{}, /^tmdb_id is missing; title is missing$/],
    [{ ...MINIMAL, tmdb_id: '597' }, /^tmdb_id is not a number$/],
    [{ ...MINIMAL, tmdb_id: 0 }, /^tmdb_id is less than 1$/],
    [{ ...MINIMAL, tmdb_id: 2 ** 32 }, /^tmdb_id is more than 4294967295$/],
    [{ ...MINIMAL, title: '  ' }, /^title is blank$/],
    [{ ...MINIMAL, release_date: '18/11/1997' }, /^release_date is not a date as YYYY-MM-DD$/],
    [{ ...MINIMAL, vote_average: 11 }, /^vote_average is more than 10$/],
    [{ ...MINIMAL, genres: 'Drama' }, /^genres is not a list$/],
    [{ ...MINIMAL, cast: ['A', 7] }, /^cast\.1 is not text$/],
    [{ ...MINIMAL, fetched_at: 'yesterday' }, /^fetched_at is not a time/],
  ])('refuses %j with the field and the reason', (fields, reason) => {
    expect(toFilm(fields)).toEqual({ reason: expect.stringMatching(reason) });
  });

  test('unknown fields are named', () => {
    expect(unknownFields({ ...MINIMAL, director: 'A', budget: 1, overvew: '' })).toEqual(['budget', 'overvew']);
  });
});
