import { z } from 'zod';
import { queryList, queryNumber, text } from '../http/fields';

const year = z.int().min(1800).max(3000);
const rating = z.number().min(0).max(10);
const votes = z
  .int()
  .min(0)
  .max(2 ** 31 - 1);
const runtime = z.int().min(0).max(100_000);
const term = text(200);

function range<S extends z.ZodNumber>(bound: S, what: string, min: number, max: number) {
  return z
    .strictObject({
      min: bound.optional().meta({ description: 'Smallest value that passes', example: min }),
      max: bound.optional().meta({ description: 'Largest value that passes', example: max }),
    })
    .refine(ordered, { error: 'min must not be greater than max' })
    .meta({ description: `${what}; a film of which it is not known does not pass`, example: { min, max } });
}

function ordered({ min, max }: { min?: number | undefined; max?: number | undefined }): boolean {
  return min === undefined || max === undefined || min <= max;
}

function terms(what: string, example: string) {
  const list = z.array(term).min(1).max(100);
  return z
    .strictObject({
      any: list.optional().meta({ description: 'At least one of these', example: [example] }),
      all: list.optional().meta({ description: 'All of these', example: [example] }),
      none: list.optional().meta({ description: 'None of these', example: [example] }),
    })
    .meta({ description: `${what}; case, accents and punctuation do not matter`, example: { any: [example] } });
}

/** `filters` of a JSON body. */
export const filtersSchema = z
  .strictObject({
    year: range(year, 'Year of release', 1990, 1999).optional(),
    rating: range(rating, 'Mean vote, 0 to 10', 7, 10).optional(),
    votes: range(votes, 'Number of votes', 500, 100_000).optional(),
    runtime: range(runtime, 'Minutes', 80, 120).optional(),
    genres: terms('Genres, also by names such as sci-fi, romcom, animated', 'Drama').optional(),
    languages: terms('Original languages: ISO 639-1 codes or English names', 'en').optional(),
    countries: terms('Production countries: ISO 3166-1 alpha-2 codes or English names', 'US').optional(),
    directors: terms('Directors', 'James Cameron').optional(),
    cast: terms('Actors', 'Kate Winslet').optional(),
    keywords: terms('Keywords', 'shipwreck').optional(),
  })
  .meta({ id: 'Filters', description: 'What a film must satisfy; all conditions hold together' });

type RangeName = 'year' | 'rating' | 'votes' | 'runtime';
type TermName = 'genres' | 'languages' | 'countries' | 'directors' | 'cast' | 'keywords';
type RangeKey = `${RangeName}_${'min' | 'max'}`;
type TermKey = TermName | `${TermName}_${'all' | 'none'}`;
type FilterParameters = Record<RangeKey, z.ZodOptional<z.ZodType<number>>> &
  Record<TermKey, z.ZodOptional<z.ZodType<string[]>>>;

const RANGES = { year, rating, votes, runtime };
const TERMS: readonly TermName[] = ['genres', 'languages', 'countries', 'directors', 'cast', 'keywords'];
const LABELS = {
  year: 'year of release',
  rating: 'mean vote',
  votes: 'number of votes',
  runtime: 'runtime in minutes',
};
const SIDES = { min: 'Smallest', max: 'Largest' } as const;
const CHOICES = { any: 'at least one of these', all: 'all of these', none: 'none of these' } as const;

/** The same filters as flat parameters of a query string: `year_min`, `genres`, `genres_all`, `genres_none`, … */
export const filterParameters = Object.fromEntries([
  ...Object.entries(RANGES).flatMap(([name, bound]) => rangeParameters(name as RangeName, bound)),
  ...TERMS.flatMap(termParameters),
]) as FilterParameters;

type FilterQuery = { [K in RangeKey]?: number | undefined } & { [K in TermKey]?: string[] | undefined };

/** The parameters, gathered as the `filters` of a body; checked there once more, for what concerns two of them. */
export function filtersOfQuery(query: FilterQuery) {
  const ranges = Object.keys(RANGES).map((name) => {
    const { [`${name}_min` as RangeKey]: min, [`${name}_max` as RangeKey]: max } = query;
    return [name, { min, max }];
  });
  const lists = TERMS.map((name) => [
    name,
    { any: query[name], all: query[`${name}_all`], none: query[`${name}_none`] },
  ]);
  const given = [...ranges, ...lists].filter(([, condition]) =>
    Object.values(condition as object).some((value) => value !== undefined),
  );
  return given.length === 0 ? undefined : (Object.fromEntries(given) as z.output<typeof filtersSchema>);
}

/** Refuses a query whose ranges are upside down, at the parameter's own name. */
export function checkRanges(query: object, context: z.RefinementCtx): void {
  const values = query as FilterQuery;
  for (const name of Object.keys(RANGES) as RangeName[]) {
    if (ordered({ min: values[`${name}_min`], max: values[`${name}_max`] })) continue;
    context.addIssue({ code: 'custom', path: [`${name}_min`], message: `must not be greater than ${name}_max` });
  }
}

function rangeParameters(name: RangeName, bound: z.ZodNumber) {
  const shape = filtersSchema.shape[name].unwrap().shape;
  return (['min', 'max'] as const).map((side) => [
    `${name}_${side}`,
    queryNumber(bound)
      .optional()
      .meta({ description: `${SIDES[side]} ${LABELS[name]} that passes`, example: shape[side].meta()?.example }),
  ]);
}

function termParameters(name: TermName) {
  const shape = filtersSchema.shape[name].unwrap().shape;
  return (['any', 'all', 'none'] as const).map((choice) => [
    choice === 'any' ? name : `${name}_${choice}`,
    queryList(z.array(term).min(1).max(100))
      .optional()
      .meta({
        description: `Films whose ${name} include ${CHOICES[choice]}; repeat the parameter or separate by commas`,
        example: shape[choice].meta()?.example,
      }),
  ]);
}
