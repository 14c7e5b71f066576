import type { z } from 'zod';
import type { Answer, Explanation, Facet, Hit } from '../store/movie-store';
import type { facetsSchema, HitView, RichAnswerView, RichHitView } from './answers';

/** The hits alone, as the routes answer where no part is asked for. */
export function viewHits({ hits }: Answer): HitView[] {
  return hits.map(viewHit);
}

/** The hits with the parts that were asked for. */
export function viewRichAnswer({ hits, total, facets, intra_list_distance }: Answer): RichAnswerView {
  return {
    results: hits.map(viewRichHit),
    total,
    ...(facets && { facets: viewFacets(facets) }),
    ...(intra_list_distance !== undefined && { intra_list_distance: rounded(intra_list_distance) }),
  };
}

/** Facets as answers show them: values by field. */
export function viewFacets(facets: readonly Facet[]): z.output<typeof facetsSchema> {
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

function viewExplanation({ parts, ...explanation }: Explanation): RichHitView['explanation'] {
  return { ...explanation, parts: parts.map(({ part, score }) => ({ part, score: rounded(score) })) };
}

/** Six decimals: what a 32-bit float can tell. */
function rounded(score: number): number {
  return Math.round(score * 1e6) / 1e6;
}
