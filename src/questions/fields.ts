import { z } from 'zod';
import { queryList, queryNumber, text } from '../http/fields';
import { LIMITS, SEARCH_MODES } from '../store/contract.generated';
import { checkRanges, filterParameters } from './filter-parameters';
import { filtersSchema } from './filter-schema';
import { movieReferenceSchema } from './references';

/** How many films. */
export const k = z.int().min(1).max(LIMITS.hits);

const offset = z
  .int()
  .min(0)
  .max(LIMITS.reach - 1);
const diversity = z.number().min(LIMITS.diversity.min).max(LIMITS.diversity.max);
const INCLUDE = 'Parts to add; with any of them the answer is an object, without them it is the plain list';

const kMeta = { description: `How many films, 1 to ${LIMITS.hits}`, example: 5 };
const offsetMeta = {
  description: `How many films to leave out at the front; offset + k is at most ${LIMITS.reach}`,
  example: 0,
};
const diversityMeta = {
  description: '0 (off) to 1: variety among the films, bought with relevance (maximal marginal relevance)',
  example: 0.3,
};
const excludeMeta = { description: 'Films that are never hits, by title or TMDB id', example: ['Titanic', 1924] };

/** What can be added to the answer of a search. */
export const SEARCH_PARTS = ['details', 'explanation', 'facets'] as const;
/** What can be added to the answer of a recommendation from films. */
export const RECOMMEND_PARTS = [...SEARCH_PARTS, 'resolution'] as const;

export type Part = (typeof RECOMMEND_PARTS)[number];

/** How to find the films of a question in words. */
export const modeSchema = z.enum(SEARCH_MODES).meta({
  description:
    'hybrid (default): meaning and words, the score is the fused relevance in [0, 1]; semantic: meaning alone, the score is the ' +
    'cosine; lexical: words alone, the score is the lexical relevance in [0, 1]',
  example: 'semantic',
});

/** Fields that every question in a JSON body may have. */
export function questionFields<const P extends readonly [Part, ...Part[]]>(parts: P) {
  return {
    k: k.default(10).meta(kMeta),
    offset: offset.default(0).meta(offsetMeta),
    filters: filtersSchema.optional(),
    exclude: z.array(movieReferenceSchema).max(1_000).optional().meta(excludeMeta),
    diversity: diversity.optional().meta(diversityMeta),
    include: z
      .array(z.enum(parts))
      .optional()
      .meta({ description: INCLUDE, example: ['explanation'] }),
  };
}

/** The same as parameters of a query string. */
export function questionParameters<const P extends readonly [Part, ...Part[]]>(parts: P) {
  return {
    k: queryNumber(k).default(10).meta(kMeta),
    offset: queryNumber(offset).default(0).meta(offsetMeta),
    ...filterParameters,
    exclude: excludeParameter.optional().meta({
      description: `${excludeMeta.description}; repeat the parameter for several titles; ids may be separated by commas`,
      example: ['Titanic'],
    }),
    diversity: queryNumber(diversity).optional().meta(diversityMeta),
    include: queryList(z.array(z.enum(parts)))
      .optional()
      .meta({ description: INCLUDE, example: ['explanation'] }),
  };
}

/** Refuses what only two fields together show to be wrong. */
export function checkQuestion(question: { k: number; offset: number }, context: z.RefinementCtx): void {
  checkRanges(question, context);
  if (question.offset + question.k <= LIMITS.reach) return;
  context.addIssue({ code: 'custom', path: ['offset'], message: `offset + k must be ${LIMITS.reach} or less` });
}

/** Titles have commas, so only a value that is nothing but ids is split. */
const excludeParameter = z.preprocess(
  (value) =>
    [value]
      .flat()
      .flatMap((item) => (typeof item === 'string' && /^\d+(,\d+)+$/.test(item) ? item.split(',') : [item])),
  z.array(text(300)).max(1_000),
);
