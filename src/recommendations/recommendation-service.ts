import { pointer, validationProblem } from '../http/validate';
import type { HitView } from '../questions/answers';
import { filmNotFound } from '../questions/film-not-found';
import { filtersOfQuery } from '../questions/filter-parameters';
import { type CommonQuestion, resolveExcluded, storeQuestion, wantsParts } from '../questions/question';
import { viewSuggestion, viewUnknown } from '../questions/references';
import { knownIds, resolveReferences, unknownOf } from '../questions/resolve';
import type { Reported } from '../questions/unknown-titles';
import { viewHits, viewRichAnswer } from '../questions/view';
import type { MovieReference, MovieStore, Resolution } from '../store/movie-store';
import type { RecommendationView, SimilarQuery, UserBody } from './recommendation-schemas';

/** A question by example. */
interface ByExample extends CommonQuestion {
  liked: MovieReference[];
  disliked: MovieReference[];
  same_collection?: boolean | undefined;
}

type View = HitView[] | RecommendationView;

/** Recommendations from films. */
export class RecommendationService {
  constructor(private readonly store: MovieStore) {}

  /** For a person's likes and dislikes. @throws HttpProblem 404 where no film of a list that counts is known. */
  forUser({ liked_movies, disliked_movies, same_collection, ...question }: UserBody): Promise<Reported<View>> {
    return this.recommend({
      ...question,
      liked: liked_movies,
      disliked: disliked_movies,
      same_collection,
    });
  }

  /** Films like one film. @throws HttpProblem 404 with the nearest titles. */
  similar(title: string, query: SimilarQuery): Promise<Reported<View>> {
    const { k, offset, exclude, diversity, include, same_collection, ...parameters } = query;
    return this.recommend({
      k,
      offset,
      exclude,
      diversity,
      include,
      filters: filtersOfQuery(parameters),
      liked: [title],
      disliked: [],
      same_collection,
    });
  }

  private async recommend(question: ByExample): Promise<Reported<View>> {
    const [liked, disliked, excluded] = await Promise.all([
      resolveReferences(this.store, question.liked),
      resolveReferences(this.store, question.disliked),
      resolveExcluded(this.store, question),
    ]);
    const examples = liked.length > 0 ? liked : disliked;
    if (knownIds(examples).length === 0) throw filmNotFound(examples);
    refuseContradiction(liked, disliked);
    const answer = await this.store.recommend({
      liked: knownIds(liked),
      disliked: disliked.length > 0 ? knownIds(disliked) : undefined,
      same_collection: question.same_collection,
      ...storeQuestion(question, excluded),
    });
    const unknown = unknownOf([...liked, ...disliked, ...excluded]);
    if (!wantsParts(question)) return { answer: viewHits(answer), unknown };
    const resolution = question.include?.includes('resolution') && viewResolution([...liked, ...disliked, ...excluded]);
    return { answer: { ...viewRichAnswer(answer), ...(resolution && { resolution }) }, unknown };
  }
}

/** A film cannot be both liked and disliked. */
function refuseContradiction(liked: readonly Resolution[], disliked: readonly Resolution[]): void {
  const likedIds = new Set(knownIds(liked));
  const errors = disliked.flatMap(({ movie }, index) =>
    movie && likedIds.has(movie.id)
      ? [
          {
            in: 'body' as const,
            pointer: pointer(['disliked_movies', index]),
            message: `${movie.title} is among the liked films too`,
          },
        ]
      : [],
  );
  if (errors.length > 0) throw validationProblem(errors);
}

function viewResolution(resolutions: readonly Resolution[]): RecommendationView['resolution'] {
  return {
    found: resolutions.flatMap(({ reference, movie }) => (movie ? [{ reference, ...viewSuggestion(movie) }] : [])),
    unknown: unknownOf(resolutions).map(viewUnknown),
  };
}
