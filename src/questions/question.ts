import type { Filters, Include, MovieReference, MovieStore, Resolution } from '../store/movie-store';
import type { Part } from './fields';
import type { BodyFilters } from './filter-schema';
import { knownIds, resolveReferences } from './resolve';

/** What questions of all routes have in common, once validated. */
export interface CommonQuestion {
  k: number;
  offset: number;
  filters?: BodyFilters | undefined;
  exclude?: MovieReference[] | undefined;
  diversity?: number | undefined;
  include?: readonly Part[] | undefined;
}

/** The store's form of a common question. */
export function storeQuestion(question: CommonQuestion, excluded: readonly Resolution[]) {
  const { k, offset, filters, diversity, include } = question;
  return {
    limit: k,
    offset: offset || undefined,
    filters: storeFilters(filters, excluded),
    diversity,
    include: storeInclude(include),
  };
}

/** Whether the answer is an object with parts rather than the plain list. */
export function wantsParts({ include }: CommonQuestion): boolean {
  return include !== undefined && include.length > 0;
}

/** What the excluded films are; one that the catalogue does not have cannot be a hit and is only reported. */
export function resolveExcluded(store: MovieStore, { exclude }: CommonQuestion): Promise<Resolution[]> {
  return resolveReferences(store, exclude ?? []);
}

function storeFilters(filters: CommonQuestion['filters'], excluded: readonly Resolution[]): Filters | undefined {
  const exclude = knownIds(excluded);
  if (!filters && exclude.length === 0) return undefined;
  return { ...filters, exclude: exclude.length > 0 ? exclude : undefined };
}

function storeInclude(include: readonly Part[] | undefined): Include | undefined {
  const parts = (include ?? []).filter((part) => part !== 'resolution');
  return parts.length === 0 ? undefined : Object.fromEntries(parts.map((part) => [part, true]));
}
