import { resolveExcluded, storeQuestion, wantsParts } from '../questions/question';
import { unknownOf } from '../questions/resolve';
import type { Reported } from '../questions/unknown-titles';
import { viewHits, viewRichAnswer } from '../questions/view';
import type { MovieStore, SearchRequest } from '../store/movie-store';
import type { VibeBody, VibeView } from './recommendation-schemas';

/** The seed's reading of a vibe: the tags joined by spaces, that twice, then the description, single spaces between. */
function interpretVibe({ tags, description }: Pick<VibeBody, 'tags' | 'description'>): string {
  const joined = tags.join(' ');
  return [joined, joined, description].filter((part) => part !== '').join(' ');
}

/** Recommendations from tags and a description. */
export class VibeService {
  constructor(private readonly store: MovieStore) {}

  async recommend(body: VibeBody): Promise<Reported<VibeView>> {
    const excluded = await resolveExcluded(this.store, body);
    const interpreted_query = interpretVibe(body);
    const request: SearchRequest = {
      text: interpreted_query,
      tags: body.tags,
      mode: body.mode,
      ...storeQuestion(body, excluded),
    };
    const answer = await this.store.search(request);
    const shown = wantsParts(body) ? viewRichAnswer(answer) : { results: viewHits(answer) };
    return { answer: { interpreted_query, ...shown }, unknown: unknownOf(excluded) };
  }
}
