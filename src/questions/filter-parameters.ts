import type { z } from 'zod';
import { queryList, queryNumber } from '../http/fields';
import { type BodyFilters, ordered } from './filter-schema';
import { NUMBER_NAMES, NUMBERS, type NumberName, TERM_NAMES, TERMS, type TermName, termList } from './filters';

type RangeKey = `${NumberName}_${'min' | 'max'}`;
type TermKey = TermName | `${TermName}_${'all' | 'none'}`;
type FilterParameters = Record<RangeKey, z.ZodOptional<z.ZodType<number>>> &
  Record<TermKey, z.ZodOptional<z.ZodType<string[]>>>;

const SIDES = { min: 'Smallest', max: 'Largest' } as const;
const CHOICES = { any: 'at least one of these', all: 'all of these', none: 'none of these' } as const;

/** The filters as flat parameters of a query string: `year_min`, `genres`, `genres_all`, `genres_none`, … */
export const filterParameters = Object.fromEntries([
  ...NUMBER_NAMES.flatMap(rangeParameters),
  ...TERM_NAMES.flatMap(termParameters),
]) as FilterParameters;

type FilterQuery = { [K in RangeKey]?: number | undefined } & { [K in TermKey]?: string[] | undefined };

/** The parameters, gathered as the `filters` of a body; checked there once more, for what concerns two of them. */
export function filtersOfQuery(query: FilterQuery): BodyFilters | undefined {
  const ranges = NUMBER_NAMES.map((name) => [name, { min: query[`${name}_min`], max: query[`${name}_max`] }]);
  const lists = TERM_NAMES.map((name) => [
    name,
    { any: query[name], all: query[`${name}_all`], none: query[`${name}_none`] },
  ]);
  const given = [...ranges, ...lists].filter(([, condition]) =>
    Object.values(condition as object).some((value) => value !== undefined),
  );
  return given.length === 0 ? undefined : (Object.fromEntries(given) as BodyFilters);
}

/** Refuses a query whose ranges are upside down, at the parameter's own name. */
export function checkRanges(query: object, context: z.RefinementCtx): void {
  const values = query as FilterQuery;
  for (const name of NUMBER_NAMES) {
    if (ordered({ min: values[`${name}_min`], max: values[`${name}_max`] })) continue;
    context.addIssue({ code: 'custom', path: [`${name}_min`], message: `must not be greater than ${name}_max` });
  }
}

function rangeParameters(name: NumberName) {
  const { bound, label, example } = NUMBERS[name];
  return (['min', 'max'] as const).map((side, index) => [
    `${name}_${side}`,
    queryNumber(bound)
      .optional()
      .meta({ description: `${SIDES[side]} ${label} that passes`, example: example[index] }),
  ]);
}

function termParameters(name: TermName) {
  return (['any', 'all', 'none'] as const).map((choice) => [
    choice === 'any' ? name : `${name}_${choice}`,
    queryList(termList)
      .optional()
      .meta({
        description: `Films whose ${name} include ${CHOICES[choice]}; repeat the parameter or separate by commas`,
        example: [TERMS[name].example],
      }),
  ]);
}
