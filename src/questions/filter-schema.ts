import { z } from 'zod';
import { NUMBER_NAMES, NUMBERS, type NumberName, TERM_NAMES, TERMS, type TermName, termList } from './filters';

type RangeSchema = ReturnType<typeof range>;
type TermsSchema = ReturnType<typeof terms>;
type FiltersShape = Record<NumberName, z.ZodOptional<RangeSchema>> & Record<TermName, z.ZodOptional<TermsSchema>>;

/** `filters` of a JSON body. */
export const filtersSchema = z
  .strictObject(
    Object.fromEntries([
      ...NUMBER_NAMES.map((name) => [name, range(name).optional()]),
      ...TERM_NAMES.map((name) => [name, terms(name).optional()]),
    ]) as FiltersShape,
  )
  .meta({ id: 'Filters', description: 'What a film must satisfy; all conditions hold together' });

export type BodyFilters = z.output<typeof filtersSchema>;

/** Whether a range is not upside down. */
export function ordered({ min, max }: { min?: number | undefined; max?: number | undefined }): boolean {
  return min === undefined || max === undefined || min <= max;
}

function range(name: NumberName) {
  const { bound, title, example } = NUMBERS[name];
  const [min, max] = example;
  return z
    .strictObject({
      min: bound.optional().meta({ description: 'Smallest value that passes', example: min }),
      max: bound.optional().meta({ description: 'Largest value that passes', example: max }),
    })
    .refine(ordered, { error: 'min must not be greater than max' })
    .meta({ description: `${title}; a film of which it is not known does not pass`, example: { min, max } });
}

function terms(name: TermName) {
  const { title, example } = TERMS[name];
  return z
    .strictObject({
      any: termList.optional().meta({ description: 'At least one of these', example: [example] }),
      all: termList.optional().meta({ description: 'All of these', example: [example] }),
      none: termList.optional().meta({ description: 'None of these', example: [example] }),
    })
    .meta({ description: `${title}; case, accents and punctuation do not matter`, example: { any: [example] } });
}
