import type { RichAnswer } from './catalogue';
import type { Paint } from './style';

const SHOWN_GENRES = 3;

/** An answer for people: a line a film, best first. */
export function answerText({ results }: RichAnswer, paint: Paint): string {
  if (results.length === 0) return 'No film passes the filters.\n';
  return results.map((hit, index) => hitText(hit, index + 1, paint)).join('');
}

function hitText(
  { title, score, movie, explanation }: RichAnswer['results'][number],
  rank: number,
  paint: Paint,
): string {
  const year = movie?.year ? ` (${movie.year})` : '';
  const about = [movie?.directors.join(', '), movie?.genres.slice(0, SHOWN_GENRES).join(', ')]
    .filter(Boolean)
    .join(' · ');
  const line = `${String(rank).padStart(3)}  ${paint('dim', score.toFixed(3))}  ${paint('bold', title)}${year}`;
  const why = explanation ? `            ${paint('dim', explanation.sentence)}\n` : '';
  return `${line}${about ? paint('dim', `  ${about}`) : ''}\n${why}`;
}
