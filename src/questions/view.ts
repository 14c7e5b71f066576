import type { z } from 'zod';
import type { Answer, Explanation, FacetField, Hit } from '../engine/movie-store';
import type { facetsSchema, HitView, RichAnswerView, RichHitView } from './answers';

/** The hits alone, as the routes answer where no part is asked for. */
export function viewHits({ hits }: Answer): HitView[] {
  return hits.map(viewHit);
}

/** The hits with the parts that were asked for. */
export function viewRichAnswer({ hits, total, facets, intraListDistance }: Answer): RichAnswerView {
  return {
    results: hits.map(viewRichHit),
    total,
    ...(facets && { facets: viewFacets(facets) }),
    ...(intraListDistance !== undefined && { intra_list_distance: rounded(intraListDistance) }),
  };
}

/** Facets as answers show them: values by field. */
export function viewFacets(facets: readonly FacetField[]): z.output<typeof facetsSchema> {
  return Object.fromEntries(facets.map(({ field, values }) => [field, values]));
}

function viewHit({ id, title, score }: Hit): HitView {
  return { movie_id: id, title, score: rounded(score) };
}

function viewRichHit(hit: Hit): RichHitView {
  const { movie, explanation } = hit;
  return {
    ...viewHit(hit),
    ...(movie && { movie }),
    ...(explanation && { explanation: viewExplanation(explanation) }),
  };
}

function viewExplanation(explanation: Explanation): RichHitView['explanation'] {
  return {
    sentence: explanation.sentence,
    parts: explanation.parts.map(({ part, score }) => ({ part, score: rounded(score) })),
    ...(explanation.becauseOf !== undefined && { because_of: explanation.becauseOf }),
    matched_words: explanation.matchedWords,
    shared_people: explanation.sharedPeople,
    shared_keywords: explanation.sharedKeywords,
    shared_genres: explanation.sharedGenres,
  };
}

/** Six decimals: what a 32-bit float can tell. */
function rounded(score: number): number {
  return Math.round(score * 1e6) / 1e6;
}
