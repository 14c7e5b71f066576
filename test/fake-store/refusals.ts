import {
  type Filters,
  type ListRequest,
  NUMBER_FILTERS,
  type RecommendRequest,
  SEARCH_MODES,
  type SearchRequest,
  SORT_KEYS,
  TERM_FILTERS,
} from '../../src/store/contract.generated';
import { StoreError } from '../../src/store/store-error';

/** Every field of a request; the compiler misses one that is forgotten. */
type Fields<T> = Record<keyof T, true>;

const QUESTION = { limit: true, offset: true, filters: true, diversity: true, include: true } as const;
const SEARCH: Fields<SearchRequest> = { ...QUESTION, text: true, tags: true, mode: true };
const RECOMMEND: Fields<RecommendRequest> = { ...QUESTION, liked: true, disliked: true, same_collection: true };
const LIST: Fields<ListRequest> = {
  filters: true,
  sort: true,
  descending: true,
  limit: true,
  offset: true,
  facets: true,
};

/** Refuses what no search knows. @throws StoreError `invalid_argument`. */
export function checkSearch(request: SearchRequest): void {
  checkFields(request, Object.keys(SEARCH));
  checkFilters(request.filters);
  if (request.mode !== undefined) checkValue('mode', request.mode, SEARCH_MODES);
}

export function checkRecommend(request: RecommendRequest): void {
  checkFields(request, Object.keys(RECOMMEND));
  checkFilters(request.filters);
}

export function checkList(request: ListRequest): void {
  checkFields(request, Object.keys(LIST));
  checkFilters(request.filters);
  checkValue('sort', request.sort, SORT_KEYS);
}

function checkFilters(filters: Filters = {}): void {
  checkFields(filters, [...NUMBER_FILTERS, ...TERM_FILTERS, 'exclude']);
  for (const name of NUMBER_FILTERS) checkFields(filters[name] ?? {}, ['min', 'max']);
  for (const name of TERM_FILTERS) checkFields(filters[name] ?? {}, ['any', 'all', 'none']);
}

function checkFields(value: object, known: readonly string[]): void {
  for (const field of Object.keys(value)) checkValue(field, field, known);
}

function checkValue(field: string, value: string, known: readonly string[]): void {
  if (known.includes(value)) return;
  throw new StoreError('invalid_argument', `unknown \`${value}\`, expected one of ${known.join(', ')}`, field);
}
