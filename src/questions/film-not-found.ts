import { HttpProblem } from '../http/problem';
import type { Resolution } from '../store/movie-store';
import { viewSuggestion, viewUnknown } from './references';

/** 404 with the nearest titles, for when none of the films asked about is known. */
export function filmNotFound(unknown: readonly Resolution[]): HttpProblem {
  const suggestions = unknown.flatMap((each) => each.suggestions).map(viewSuggestion);
  const near = suggestions.slice(0, 3).map(({ title, year }) => (year === undefined ? title : `${title} (${year})`));
  const hint = near.length > 0 ? ` Did you mean: ${near.join(', ')}?` : '';
  return new HttpProblem(404, 'film_not_found', `${subject(unknown)}.${hint}`, {
    members: { suggestions, unknown: unknown.map(viewUnknown) },
  });
}

function subject(unknown: readonly Resolution[]): string {
  if (unknown.length > 1) return `None of the ${unknown.length} films is in the catalogue`;
  const reference = unknown[0]?.reference;
  return typeof reference === 'number'
    ? `No film in the catalogue has the TMDB id ${reference}`
    : `No film in the catalogue is called "${reference}"`;
}
