import type { z } from 'zod';
import type { FacetField, ListRequest, MovieStore } from '../engine/movie-store';
import { compact } from '../http/compact';
import { filtersOfQuery } from './filter-schemas';
import type { Movie } from './movie';
import { filmNotFound, type SuggestionView, viewSuggestion } from './movie-reference';
import type { facetsSchema, ListQuery, moviePageSchema } from './movie-schemas';

/** Facets as answers show them: values by field. */
export function viewFacets(facets: readonly FacetField[]): z.output<typeof facetsSchema> {
  return Object.fromEntries(facets.map(({ field, values }) => [field, values]));
}

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
  const descending = order ? order === 'desc' : sort !== 'title' && sort !== 'id';
  return compact({
    sort,
    descending,
    limit: k,
    offset,
    filters: filtersOfQuery(filters),
    include: include?.includes('facets') ? { facets: true } : undefined,
  });
}
