import { type Answer, INVALID_PAGE, INVALID_RANGE, NOT_FOUND, TOO_MANY_APPENDED } from './refusals';
import { GENRES, type StubFilm } from './stub-film';
import { details, listed } from './wire-movie';

const PAGE_SIZE = 20;
const CHANGES_PAGE_SIZE = 100;
const MAX_PAGE = 500;
const MAX_APPENDED = 20;
const DAY_MS = 86_400_000;

/** The stub's films and its answers about them, as TMDB would give them. */
export class StubCatalogue {
  private readonly films: Map<number, StubFilm>;
  private readonly removed = new Map<number, string>();
  /** Lists by their query, until a film changes. */
  private readonly lists = new Map<string, StubFilm[]>();

  constructor(films: readonly StubFilm[]) {
    this.films = new Map(films.map((film) => [film.tmdb_id, film]));
  }

  get size(): number {
    return this.films.size;
  }

  /** Changes or adds a film; the changes feed tells of it. */
  edit(id: number, change: Partial<StubFilm>, day = new Date().toISOString().slice(0, 10)): void {
    const film = this.films.get(id) ?? { tmdb_id: id, title: '', overview: '', genres: [], cast: [], keywords: [] };
    this.films.set(id, { ...film, ...change, changed_on: day });
    this.lists.clear();
  }

  /** Removes a film; the changes feed tells of that too. */
  remove(id: number): boolean {
    const film = this.films.get(id);
    if (film !== undefined) this.removed.set(id, new Date().toISOString().slice(0, 10));
    this.lists.clear();
    return this.films.delete(id);
  }

  discover(query: URLSearchParams, reorder: (films: StubFilm[]) => StubFilm[]): Answer {
    const { page, ...filters } = Object.fromEntries(query);
    const name = JSON.stringify(filters);
    const found = this.lists.get(name) ?? this.list(query);
    this.lists.set(name, found);
    return this.page(reorder(found), query);
  }

  private list(query: URLSearchParams): StubFilm[] {
    const found = [...this.films.values()].filter((film) => passes(film, query));
    return sorted(found, query.get('sort_by') ?? 'popularity.desc');
  }

  search(query: URLSearchParams): Answer {
    const text = (query.get('query') ?? '').toLowerCase();
    const year = query.get('year') ?? query.get('primary_release_year');
    const found = [...this.films.values()].filter(
      (film) =>
        text !== '' &&
        [film.title, film.original_title ?? ''].some((title) => title.toLowerCase().includes(text)) &&
        (year === null || film.release_date?.slice(0, 4) === year),
    );
    return this.page(sorted(found, 'popularity.desc'), query);
  }

  details(id: number, query: URLSearchParams): Answer {
    const appended = (query.get('append_to_response') ?? '').split(',').filter((name) => name !== '');
    if (appended.length > MAX_APPENDED) return TOO_MANY_APPENDED;
    const film = this.films.get(id);
    return film === undefined
      ? NOT_FOUND
      : { status: 200, body: details(film, query.get('language') ?? 'en-US', appended) };
  }

  changes(query: URLSearchParams, now = Date.now()): Answer {
    const end = query.get('end_date') ?? new Date(now).toISOString().slice(0, 10);
    const start = query.get('start_date') ?? new Date(now - DAY_MS).toISOString().slice(0, 10);
    if (Date.parse(end) - Date.parse(start) > 14 * DAY_MS) return INVALID_RANGE;
    const page = pageOf(query);
    if (page === undefined) return INVALID_PAGE;
    const edited = [...this.films.values()].map((film) => ({ id: film.tmdb_id, day: film.changed_on, adult: false }));
    const removed = [...this.removed].map(([id, day]) => ({ id, day, adult: null }));
    const changed = [...edited, ...removed].filter(({ day }) => day !== undefined && day >= start && day <= end);
    const from = (page - 1) * CHANGES_PAGE_SIZE;
    const results = changed.slice(from, from + CHANGES_PAGE_SIZE).map(({ id, adult }) => ({ id, adult }));
    const total_pages = Math.ceil(changed.length / CHANGES_PAGE_SIZE);
    return { status: 200, body: { results, page, total_pages, total_results: changed.length } };
  }

  genres(): Answer {
    return { status: 200, body: { genres: Object.entries(GENRES).map(([name, id]) => ({ id, name })) } };
  }

  private page(films: StubFilm[], query: URLSearchParams): Answer {
    const page = pageOf(query);
    if (page === undefined) return INVALID_PAGE;
    const shown = films.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);
    const language = query.get('language') ?? 'en-US';
    const total_pages = Math.ceil(films.length / PAGE_SIZE);
    return {
      status: 200,
      body: { page, results: shown.map((film) => listed(film, language)), total_pages, total_results: films.length },
    };
  }
}

function pageOf(query: URLSearchParams): number | undefined {
  const page = Number(query.get('page') ?? 1);
  return Number.isInteger(page) && page >= 1 && page <= MAX_PAGE ? page : undefined;
}

function passes(film: StubFilm, query: URLSearchParams): boolean {
  const within = (value: number | string | undefined, name: string) => {
    const [least, most] = [query.get(`${name}.gte`), query.get(`${name}.lte`)];
    if (least === null && most === null) return true;
    if (value === undefined || value === '') return false;
    const compare = (bound: string) =>
      typeof value === 'number' ? value - Number(bound) : value < bound ? -1 : value > bound ? 1 : 0;
    return (least === null || compare(least) >= 0) && (most === null || compare(most) <= 0);
  };
  const ids = film.genres.map((name) => String(GENRES[name]));
  return (
    within(film.vote_average ?? 0, 'vote_average') &&
    within(film.vote_count ?? 0, 'vote_count') &&
    within(film.runtime ?? 0, 'with_runtime') &&
    within(film.release_date, 'primary_release_date') &&
    within(film.release_date, 'release_date') &&
    listAllows(ids, query.get('with_genres')) &&
    !(query.get('without_genres') ?? '').split(/[,|]/).some((id) => ids.includes(id)) &&
    (query.get('with_original_language') ?? film.original_language) === film.original_language &&
    (query.get('primary_release_year') ?? film.release_date?.slice(0, 4)) === film.release_date?.slice(0, 4)
  );
}

/** `,` means all, `|` means any. */
function listAllows(has: string[], wanted: string | null): boolean {
  if (wanted === null || wanted === '') return true;
  return wanted.split(',').every((some) => some.split('|').some((id) => has.includes(id)));
}

const SORT_KEYS: Readonly<Record<string, (film: StubFilm) => number | string>> = {
  original_title: (film) => film.original_title ?? film.title,
  popularity: (film) => film.popularity ?? 0,
  revenue: () => 0,
  primary_release_date: (film) => film.release_date ?? '',
  title: (film) => film.title,
  vote_average: (film) => film.vote_average ?? 0,
  vote_count: (film) => film.vote_count ?? 0,
};

function sorted(films: StubFilm[], order: string): StubFilm[] {
  const [name = '', direction] = order.split('.');
  const key = SORT_KEYS[name] ?? SORT_KEYS.popularity;
  const sign = direction === 'asc' ? 1 : -1;
  const rank = films.map((film) => ({ film, value: key?.(film) ?? 0 }));
  rank.sort((a, b) => (a.value < b.value ? -sign : a.value > b.value ? sign : a.film.tmdb_id - b.film.tmdb_id));
  return rank.map(({ film }) => film);
}
