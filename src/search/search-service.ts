import { resolveExcluded, storeQuestion, wantsParts } from '../questions/question';
import { unknownOf } from '../questions/resolve';
import type { Reported } from '../questions/unknown-titles';
import { viewHits, viewRichAnswer } from '../questions/view';
import type { Answer, MovieStore, Resolution, SearchRequest } from '../store/movie-store';
import type { SearchBody } from './search-schemas';

type SearchView = ReturnType<typeof viewHits> | ReturnType<typeof viewRichAnswer>;

/** Searches in words. */
export class SearchService {
  constructor(private readonly store: MovieStore) {}

  async search(body: SearchBody): Promise<Reported<SearchView>> {
    const excluded = await resolveExcluded(this.store, body);
    const answer = await this.store.search(searchRequest(body, excluded));
    return { answer: view(body, answer), unknown: unknownOf(excluded) };
  }

  /** Answers in the order of the bodies. */
  async batch(bodies: readonly SearchBody[]): Promise<Reported<{ results: SearchView[] }>> {
    const excluded = await Promise.all(bodies.map((body) => resolveExcluded(this.store, body)));
    const requests = bodies.map((body, index) => searchRequest(body, excluded[index] ?? []));
    const answers = await Promise.all(requests.map((request) => this.store.search(request)));
    const results = bodies.map((body, index) => view(body, answers[index] as Answer));
    return { answer: { results }, unknown: unknownOf(excluded.flat()) };
  }
}

function searchRequest(body: SearchBody, excluded: readonly Resolution[]): SearchRequest {
  return { text: body.query, mode: body.mode, ...storeQuestion(body, excluded) };
}

function view(body: SearchBody, answer: Answer): SearchView {
  return wantsParts(body) ? viewRichAnswer(answer) : viewHits(answer);
}
