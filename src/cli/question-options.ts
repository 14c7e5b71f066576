import { type Command, InvalidArgumentError, Option } from 'commander';
import { NUMBER_NAMES, NUMBERS, TERM_NAMES, TERMS } from '../questions/filters';
import type { SearchInput } from './catalogue';

/** Options that every question has, as commander parses them; those of the filters besides, by their own names. */
export interface QuestionOptions {
  k?: number;
  exclude?: string[];
  diversity?: number;
  explain?: boolean;
  json?: boolean;
  [filter: string]: unknown;
}

/** An option that is a condition of a filter. */
interface FilterOption {
  filter: string;
  condition: 'min' | 'max' | 'any' | 'none';
  option: Option;
}

/** An argument that is a number. */
export function numberArgument(value: string): number {
  const number = Number(value);
  if (value.trim() === '' || !Number.isFinite(number)) throw new InvalidArgumentError('It must be a number.');
  return number;
}

export function jsonOption(): Option {
  return new Option('--json', 'write JSON for programs');
}

/** The options of all filters: numbers from and to, names that hits have and that they have not. */
function filterOptions(): FilterOption[] {
  const numbers = NUMBER_NAMES.flatMap((filter) => {
    const { label, options } = NUMBERS[filter];
    const option = (side: 'min' | 'max', of: string) =>
      new Option(`--${options[side]} <number>`, `${label} of at ${of}`).argParser(numberArgument);
    return [
      { filter, condition: 'min' as const, option: option('min', 'least') },
      { filter, condition: 'max' as const, option: option('max', 'most') },
    ];
  });
  const names = TERM_NAMES.flatMap((filter) => {
    const { title, option: name } = TERMS[filter];
    return [
      { filter, condition: 'any' as const, option: new Option(`--${name} <name...>`, `one of these: ${title}`) },
      { filter, condition: 'none' as const, option: new Option(`--without-${name} <name...>`, 'none of these') },
    ];
  });
  return [...numbers, ...names];
}

/** Adds what can be asked of any question: how many, which films may be hits, in which form. */
export function addQuestionOptions(command: Command): Command {
  command.option('-k, --k <number>', 'how many films, 1 to 100 (default 10)', numberArgument);
  for (const { option } of filterOptions()) command.addOption(option);
  return command
    .option('--exclude <title...>', 'without these films (titles or TMDB ids)')
    .option('--diversity <number>', '0 (off) to 1: variety bought with relevance', numberArgument)
    .option('--explain', 'say why each film is there')
    .addOption(jsonOption());
}

/** The same as fields of a question's JSON body; details are always asked for, since people want to see years. */
export function questionFieldsOf(options: QuestionOptions): Omit<SearchInput, 'query' | 'mode'> {
  const { k, exclude, diversity, explain } = options;
  return {
    k,
    filters: filtersOf(options),
    exclude,
    diversity,
    include: explain ? ['details', 'explanation'] : ['details'],
  };
}

function filtersOf(options: QuestionOptions): SearchInput['filters'] {
  const filters: Record<string, Record<string, unknown>> = {};
  for (const { filter, condition, option } of filterOptions()) {
    const value = options[option.attributeName()];
    if (value !== undefined) filters[filter] = { ...filters[filter], [condition]: value };
  }
  return Object.keys(filters).length > 0 ? filters : undefined;
}
