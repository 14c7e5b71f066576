import { toMovie, withEnglishTexts } from '../../../src/tmdb/mapper';
import { movieDetailsSchema, movieSchema } from '../../../src/tmdb/wire';

const FETCHED_AT = '2026-01-31T07:00:00.000Z';
/** The least that TMDB answers with. */
const BARE = { id: 7, title: 'Up', credits: {}, keywords: {}, alternative_titles: {} };

function map(answer: Record<string, unknown>) {
  return toMovie(movieDetailsSchema.parse({ ...BARE, ...answer }), FETCHED_AT);
}

describe('toMovie', () => {
  it('maps a whole answer', () => {
    const movie = map({
      imdb_id: 'tt0000007',
      original_title: 'Là-haut',
      original_language: 'fr',
      overview: ' A house flies. ',
      tagline: 'Look up.',
      release_date: '2009-05-28',
      runtime: 96,
      vote_average: 7.9,
      vote_count: 20_000,
      popularity: '93.5',
      poster_path: '/p.jpg',
      backdrop_path: '/b.jpg',
      genres: [{ id: 1, name: 'Family' }],
      belongs_to_collection: { id: 3, name: 'Balloons' },
      production_countries: [{ iso_3166_1: 'US', name: 'United States' }],
      credits: {
        cast: [
          { name: 'Second', order: 1 },
          { name: 'First', order: 0 },
        ],
        crew: [
          { name: 'Writer', job: 'Screenplay' },
          { name: 'One', job: 'Director' },
          { name: 'Two', job: 'Director' },
          { name: 'One', job: 'Director' },
          { name: 'Other', job: 'Second Unit Director' },
        ],
      },
      keywords: { keywords: [{ id: 1, name: 'balloon' }] },
      alternative_titles: {
        titles: [{ title: 'Up' }, { title: 'Upwards' }, { title: 'Upwards' }, { title: 'Là-haut' }],
      },
      unknown_to_us: true,
    });
    expect(movie).toEqual({
      tmdb_id: 7,
      imdb_id: 'tt0000007',
      title: 'Up',
      original_title: 'Là-haut',
      alternative_titles: ['Upwards'],
      release_date: '2009-05-28',
      year: 2009,
      overview: 'A house flies.',
      tagline: 'Look up.',
      genres: ['Family'],
      directors: ['One', 'Two'],
      cast: ['First', 'Second'],
      keywords: ['balloon'],
      runtime: 96,
      vote_average: 7.9,
      vote_count: 20_000,
      popularity: 93.5,
      original_language: 'fr',
      countries: ['US'],
      collection: 'Balloons',
      poster_path: '/p.jpg',
      backdrop_path: '/b.jpg',
      fetched_at: FETCHED_AT,
    });
  });

  it('leaves out what is null, empty or zero for "not known"', () => {
    const empty = {
      imdb_id: null,
      overview: null,
      tagline: '',
      release_date: '',
      runtime: 0,
      vote_average: 0,
      vote_count: 0,
      poster_path: null,
      belongs_to_collection: null,
      production_countries: null,
      genres: null,
      credits: { cast: null, crew: null },
    };
    expect(map(empty)).toEqual({
      tmdb_id: 7,
      title: 'Up',
      alternative_titles: [],
      overview: '',
      genres: [],
      directors: [],
      cast: [],
      keywords: [],
      vote_count: 0,
      countries: [],
      fetched_at: FETCHED_AT,
    });
  });

  it('keeps ten actors in billing order, whatever the order of the answer', () => {
    const cast = Array.from({ length: 30 }, (_, order) => ({ name: `Actor ${order}`, order })).reverse();
    expect(map({ credits: { cast: [{ name: 'Unbilled' }, ...cast], crew: [] } })?.cast).toEqual(
      Array.from({ length: 10 }, (_, order) => `Actor ${order}`),
    );
  });

  it('takes the original title where there is no other, and nothing without any', () => {
    expect(map({ title: '', original_title: '灯台' })).toMatchObject({ title: '灯台' });
    expect(map({ title: ' ', original_title: null })).toBeUndefined();
  });

  it.each(['2009', '0000-00-00', '2024-02-30', '1999-13-45'])('does not make a date of %s', (release_date) => {
    const movie = map({ release_date });
    expect(movie).not.toHaveProperty('release_date');
    expect(movie).not.toHaveProperty('year');
  });

  it('decodes the entities of HTML', () => {
    expect(
      map({ title: 'Salt &amp; Pepper', overview: '&quot;go&quot;', genres: [{ name: 'A &amp; B' }] }),
    ).toMatchObject({ title: 'Salt & Pepper', overview: '"go"', genres: ['A & B'] });
  });

  it('leaves out names that are none and texts that nobody can read', () => {
    const movie = map({
      original_title: 'U\u0000p',
      genres: [
        { id: 1, name: null },
        { id: 2, name: 'Family' },
      ],
      production_countries: [{ iso_3166_1: null }],
      credits: {
        cast: [
          { name: null, order: 0 },
          { name: 'First', order: 1 },
        ],
        crew: [{ name: null, job: 'Director' }],
      },
      keywords: { keywords: [{ name: '\ud83d' }] },
      alternative_titles: { titles: [{ title: null }] },
    });
    expect(movie).toMatchObject({ genres: ['Family'], cast: ['First'], directors: [], countries: [], keywords: [] });
    expect(movie).not.toHaveProperty('original_title');
  });

  it('takes numbers as text', () => {
    expect(map({ vote_count: '900', vote_average: '7.5', runtime: '96' })).toMatchObject({
      vote_count: 900,
      vote_average: 7.5,
      runtime: 96,
    });
  });
});

describe('movieDetailsSchema', () => {
  it.each(['credits', 'keywords', 'alternative_titles'])('refuses a film without its %s', (part) => {
    expect(movieDetailsSchema.safeParse({ ...BARE, [part]: undefined }).success).toBe(false);
  });

  it.each([
    ['id', '7'],
    ['runtime', 'long'],
    ['genres', 'Drama'],
    ['vote_count', -1],
  ])('refuses a wrong %s', (field, value) => {
    expect(movieDetailsSchema.safeParse({ ...BARE, [field]: value }).success).toBe(false);
  });
});

describe('withEnglishTexts', () => {
  it('fills in the overview, and the tagline only where there is none', () => {
    const english = movieSchema.parse({ id: 7, title: 'Up', overview: 'English.', tagline: 'English line.' });
    const movie = map({ title: 'Oben', tagline: 'Schau hoch.' });
    expect(withEnglishTexts(movie as NonNullable<typeof movie>, english)).toMatchObject({
      title: 'Oben',
      overview: 'English.',
      tagline: 'Schau hoch.',
    });
  });
});
