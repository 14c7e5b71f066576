import type { z } from 'zod';
import { filmNotFound } from '../questions/film-not-found';
import { filtersOfQuery } from '../questions/filter-parameters';
import { type SuggestionView, viewSuggestion } from '../questions/references';
import { SORTS } from '../questions/sorting';
import { viewFacets } from '../questions/view';
import type { ListRequest, Movie, MovieStore } from '../store/movie-store';
import type { ListQuery, moviePageSchema } from './movie-schemas';

/** The catalogue itself. */
export class MovieService {
  constructor(private readonly store: MovieStore) {}

  async list(query: ListQuery): Promise<z.input<typeof moviePageSchema>> {
    const { movies, total, facets } = await this.store.list(listRequest(query));
    return { movies, total, k: query.k, offset: query.offset, ...(facets && { facets: viewFacets(facets) }) };
  }

  async suggest(prefix: string, k: number): Promise<SuggestionView[]> {
    return (await this.store.suggest(prefix, k)).map(viewSuggestion);
  }

  /** @throws HttpProblem 404 `film_not_found`. */
  async get(id: number): Promise<Movie> {
    const movie = await this.store.get(id);
    if (!movie) throw filmNotFound([{ reference: id, suggestions: [] }]);
    return movie;
  }
}

function listRequest({ k, offset, sort, order, include, ...filters }: ListQuery): ListRequest {
  const descending = order ? order === 'desc' : !SORTS[sort].ascending;
  return {
    sort,
    descending,
    limit: k,
    offset,
    filters: filtersOfQuery(filters),
    facets: include?.includes('facets'),
  };
}
