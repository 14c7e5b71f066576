import { directorsOf, GENRES, type StubFilm } from './stub-film';

/** Calls that may be appended to a film's details; others are ignored, as TMDB does. */
const APPENDABLE: Readonly<Record<string, (film: StubFilm) => unknown>> = {
  credits,
  keywords: (film) => ({ keywords: film.keywords.map((name) => ({ id: numberOf(name), name })) }),
  alternative_titles: (film) => ({
    titles: (film.alternative_titles ?? []).map((title) => ({ iso_3166_1: 'US', title, type: '' })),
  }),
  release_dates: (film) => ({
    results: film.release_date
      ? [
          {
            iso_3166_1: 'US',
            release_dates: [{ certification: '', release_date: `${film.release_date}T00:00:00.000Z`, type: 3 }],
          },
        ]
      : [],
  }),
  translations: (film) => ({
    translations: Object.entries(film.translations ?? {}).map(([language, data]) => ({
      iso_3166_1: language.toUpperCase(),
      iso_639_1: language,
      name: language,
      english_name: language,
      data: {
        homepage: '',
        overview: data.overview ?? '',
        runtime: 0,
        tagline: data.tagline ?? '',
        title: data.title ?? '',
      },
    })),
  }),
  external_ids: (film) => ({ imdb_id: film.imdb_id ?? null, wikidata_id: null }),
  videos: () => ({ results: [] }),
};

/** Texts in a language: a translation, or at TMDB's: title in the original, no overview. */
function texts(film: StubFilm, language: string): { title: string; overview: string; tagline: string } {
  const code = language.slice(0, 2);
  const english = { title: film.title, overview: film.overview, tagline: film.tagline ?? '' };
  const own = code === 'en' ? { ...english, ...film.translations?.en } : film.translations?.[code];
  return {
    title: own?.title ?? film.original_title ?? film.title,
    overview: own?.overview ?? '',
    tagline: own?.tagline ?? '',
  };
}

/** A film as a list shows it. */
export function listed(film: StubFilm, language: string): Record<string, unknown> {
  const { title, overview } = texts(film, language);
  return {
    adult: false,
    backdrop_path: path(film, 'backdrop'),
    genre_ids: film.genres.flatMap((name) => GENRES[name] ?? []),
    id: film.tmdb_id,
    original_language: film.original_language ?? 'xx',
    original_title: film.original_title ?? film.title,
    overview,
    popularity: film.popularity ?? 0,
    poster_path: path(film, 'poster'),
    release_date: film.release_date ?? '',
    title,
    video: false,
    vote_average: film.vote_average ?? 0,
    vote_count: film.vote_count ?? 0,
  };
}

/** A film's details with what is appended. */
export function details(film: StubFilm, language: string, appended: readonly string[]): Record<string, unknown> {
  const { genre_ids, ...shown } = listed(film, language);
  return {
    ...shown,
    belongs_to_collection: film.collection
      ? { id: numberOf(film.collection), name: film.collection, poster_path: null, backdrop_path: null }
      : null,
    budget: 0,
    genres: film.genres.map((name) => ({ id: GENRES[name] ?? numberOf(name), name })),
    homepage: '',
    imdb_id: film.imdb_id ?? null,
    origin_country: (film.countries ?? []).slice(0, 1),
    production_companies: [],
    production_countries: (film.countries ?? []).map((code) => ({ iso_3166_1: code, name: code })),
    revenue: 0,
    runtime: film.runtime ?? 0,
    spoken_languages: [],
    status: 'Released',
    tagline: texts(film, language).tagline,
    ...Object.fromEntries(appended.flatMap((name) => (APPENDABLE[name] ? [[name, APPENDABLE[name](film)]] : []))),
  };
}

function credits(film: StubFilm): unknown {
  // Not in billing order: TMDB's own order field decides.
  const cast = film.cast
    .map((name, order) => ({ ...person(name, 'Acting'), cast_id: order, character: `Role ${order}`, order }))
    .reverse();
  const crew = directorsOf(film).map((name) => ({
    ...person(name, 'Directing'),
    department: 'Directing',
    job: 'Director',
  }));
  return { cast, crew: [{ ...person('Ina Writer', 'Writing'), department: 'Writing', job: 'Screenplay' }, ...crew] };
}

function person(name: string, department: string) {
  return {
    adult: false,
    gender: 0,
    id: numberOf(name),
    known_for_department: department,
    name,
    original_name: name,
    popularity: 1,
    profile_path: null,
    credit_id: numberOf(`${name}/${department}`).toString(16),
  };
}

/** Every fourth film has no pictures. */
function path(film: StubFilm, kind: string): string | null {
  return film.tmdb_id % 4 === 3 ? null : `/${kind}-${film.tmdb_id}.jpg`;
}

/** A stable number for a name (FNV-1a, 32 bits). */
export function numberOf(name: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(name)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash;
}
