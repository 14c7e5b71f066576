import { toFilm, unknownFields } from '../../../src/import/film-row';

const MINIMAL = { tmdb_id: 597, title: 'Titanic' };

function film(fields: Record<string, unknown>) {
  const result = toFilm(fields);
  if ('reason' in result) throw new Error(result.reason);
  if (result.faults.length > 0) throw new Error(result.faults.join('; '));
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

  test('0 of 0 votes is no rating', () => {
    expect(film({ ...MINIMAL, vote_average: 0, vote_count: 0 })).not.toHaveProperty('vote_average');
    expect(film({ ...MINIMAL, vote_average: 0 })).not.toHaveProperty('vote_average');
    expect(film({ ...MINIMAL, vote_average: 7.9, vote_count: 12 }).vote_average).toBe(7.9);
  });

  test('texts have no entities of HTML, titles and names no line breaks', () => {
    const row = { title: 'Salt &amp;\nPepper', overview: 'They say &quot;go&quot;.\nHe goes.', cast: ['A &amp; B'] };
    expect(film({ ...MINIMAL, ...row })).toMatchObject({
      title: 'Salt & Pepper',
      overview: 'They say "go".\nHe goes.',
      cast: ['A & B'],
    });
  });

  test.each([
    [{}, /^tmdb_id is missing; title is missing$/],
    [{ ...MINIMAL, tmdb_id: '597' }, /^tmdb_id is not a number$/],
    [{ ...MINIMAL, tmdb_id: 0 }, /^tmdb_id is less than 1$/],
    [{ ...MINIMAL, tmdb_id: 2 ** 32 }, /^tmdb_id is more than 4294967295$/],
    [{ ...MINIMAL, title: '  ' }, /^title is blank$/],
    [{ ...MINIMAL, title: 'Ti\u0000tanic' }, /^title has control characters/],
    [{ ...MINIMAL, title: 'Titanic \ud83d' }, /^title has control characters or characters that are not valid/],
  ])('refuses %j with the field and the reason', (fields, reason) => {
    expect(toFilm(fields)).toEqual({ reason: expect.stringMatching(reason) });
  });

  test.each([
    [{ release_date: '18/11/1997' }, /^release_date is not a date as YYYY-MM-DD$/],
    [{ release_date: '1997-13-45' }, /^release_date is not a date as YYYY-MM-DD$/],
    [{ release_date: '0000-00-00' }, /^release_date is not a date as YYYY-MM-DD$/],
    [{ year: 0 }, /^year is less than 1870$/],
    [{ vote_average: 11 }, /^vote_average is more than 10$/],
    [{ runtime: 'nan' }, /^runtime is not a number$/],
    [{ genres: 'Drama' }, /^genres is not a list$/],
    [{ tagline: 'half a \ud83d' }, /^tagline has control characters or/],
    [{ fetched_at: 'yesterday' }, /^fetched_at is not a time/],
  ])('a wrong %j is named, and the film is without it', (field, fault) => {
    expect(toFilm({ ...MINIMAL, ...field })).toEqual({
      film: film(MINIMAL),
      faults: [expect.stringMatching(fault)],
    });
  });

  test('of a list only what is no name is left out', () => {
    expect(toFilm({ ...MINIMAL, cast: ['A', 7, 'B', null, '\u0007'], genres: [null] })).toEqual({
      film: { ...film(MINIMAL), cast: ['A', 'B'] },
      faults: expect.arrayContaining([
        'cast.1 is not text',
        'cast.3 is missing',
        expect.stringMatching(/^cast\.4 has control characters/),
        'genres.0 is missing',
      ]),
    });
  });

  test('unknown fields are named', () => {
    expect(unknownFields({ ...MINIMAL, director: 'A', budget: 1, overvew: '' })).toEqual(['budget', 'overvew']);
  });
});
