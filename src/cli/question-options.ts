import { type Command, InvalidArgumentError, Option } from 'commander';
import { compact } from '../compact';
import type { SearchInput } from './catalogue';

/** Options that every question has, as commander parses them. */
export interface QuestionOptions {
  k?: number;
  yearFrom?: number;
  yearTo?: number;
  minRating?: number;
  minVotes?: number;
  minRuntime?: number;
  maxRuntime?: number;
  genre?: string[];
  withoutGenre?: string[];
  language?: string[];
  country?: string[];
  director?: string[];
  cast?: string[];
  keyword?: string[];
  exclude?: string[];
  diversity?: number;
  explain?: boolean;
  json?: boolean;
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

/** Adds what can be asked of any question: how many, which films may be hits, in which form. */
export function addQuestionOptions(command: Command): Command {
  return command
    .option('-k, --k <number>', 'how many films, 1 to 100 (default 10)', numberArgument)
    .option('--year-from <year>', 'not older than', numberArgument)
    .option('--year-to <year>', 'not newer than', numberArgument)
    .option('--min-rating <rating>', 'mean vote of at least, 0 to 10', numberArgument)
    .option('--min-votes <number>', 'votes of at least', numberArgument)
    .option('--min-runtime <minutes>', 'not shorter than', numberArgument)
    .option('--max-runtime <minutes>', 'not longer than', numberArgument)
    .option('--genre <name...>', 'one of these genres')
    .option('--without-genre <name...>', 'none of these genres')
    .option('--language <code...>', 'one of these original languages (ISO 639-1)')
    .option('--country <code...>', 'one of these countries (ISO 3166-1)')
    .option('--director <name...>', 'by one of these directors')
    .option('--cast <name...>', 'with one of these actors')
    .option('--keyword <word...>', 'with one of these keywords')
    .option('--exclude <title...>', 'without these films (titles or TMDB ids)')
    .option('--diversity <number>', '0 (off) to 1: variety bought with relevance', numberArgument)
    .option('--explain', 'say why each film is there')
    .addOption(jsonOption());
}

/** The same as fields of a question's JSON body; details are always asked for, since people want to see years. */
export function questionFieldsOf(options: QuestionOptions): Omit<SearchInput, 'query' | 'mode'> {
  const filters = nonEmpty({
    year: nonEmpty({ min: options.yearFrom, max: options.yearTo }),
    rating: nonEmpty({ min: options.minRating }),
    votes: nonEmpty({ min: options.minVotes }),
    runtime: nonEmpty({ min: options.minRuntime, max: options.maxRuntime }),
    genres: nonEmpty({ any: options.genre, none: options.withoutGenre }),
    languages: nonEmpty({ any: options.language }),
    countries: nonEmpty({ any: options.country }),
    directors: nonEmpty({ any: options.director }),
    cast: nonEmpty({ any: options.cast }),
    keywords: nonEmpty({ any: options.keyword }),
  });
  return compact({
    k: options.k,
    filters,
    exclude: options.exclude,
    diversity: options.diversity,
    include: options.explain ? ['details' as const, 'explanation' as const] : ['details' as const],
  });
}

function nonEmpty<T extends object>(value: T): T | undefined {
  return Object.values(value).some((item) => item !== undefined) ? value : undefined;
}
