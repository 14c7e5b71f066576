import type { z } from 'zod';
import { type FieldError, HttpProblem } from './problem';

type Part = FieldError['in'];

/** A part of the request with the schema that it must satisfy. */
export interface Candidate {
  in: Part;
  schema: z.ZodType;
  value: unknown;
}

/**
 * The parsed values of all candidates, in order.
 * @throws HttpProblem 422 `validation_failed` that names every wrong field of every candidate.
 */
export function validate(candidates: readonly Candidate[]): unknown[] {
  const results = candidates.map(({ schema, value }) => schema.safeParse(value, { error: describe }));
  const errors = results.flatMap((result, index) =>
    result.success
      ? []
      : result.error.issues.flatMap((issue) => fieldErrors(issue, (candidates[index] as Candidate).in)),
  );
  if (errors.length > 0) throw validationProblem(errors);
  return results.map((result) => result.data);
}

/** The problem of a request whose fields are wrong; the detail tells the first ones. */
export function validationProblem(errors: FieldError[]): HttpProblem {
  const told = errors.slice(0, 3).map(({ pointer, message }) => (pointer === '' ? message : `${pointer}: ${message}`));
  const more = errors.length > told.length ? `; and ${errors.length - told.length} more` : '';
  return new HttpProblem(422, 'validation_failed', told.join('; ') + more, { errors });
}

/** JSON pointer (RFC 6901) of a path. */
export function pointer(path: readonly PropertyKey[]): string {
  return path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function fieldErrors(issue: z.core.$ZodIssue, part: Part): FieldError[] {
  if (issue.code !== 'unrecognized_keys') return [{ in: part, pointer: pointer(issue.path), message: issue.message }];
  return issue.keys.map((key) => ({
    in: part,
    pointer: pointer([...issue.path, key]),
    message: `unknown ${part === 'body' ? 'field' : 'parameter'} ${JSON.stringify(key)}`,
  }));
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a JSON object',
};

/** Messages for people where a schema brings none of its own. */
function describe(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return issue.path?.length ? 'is required' : 'a JSON object is required';
      return `must be ${TYPES[issue.expected] ?? issue.expected}`;
    case 'too_small':
      return `must ${bound(issue.origin, issue.minimum, 'or more', 'at least')}`;
    case 'too_big':
      return `must ${bound(issue.origin, issue.maximum, 'or less', 'at most')}`;
    case 'invalid_value':
      return `must be ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map((value: unknown) => JSON.stringify(value)).join(', ')}`;
    default:
      return undefined;
  }
}

function bound(origin: string, limit: number | bigint, numeric: string, counted: string): string {
  if (origin === 'array') return `have ${counted} ${limit} ${limit === 1 ? 'item' : 'items'}`;
  if (origin === 'string') return `have ${counted} ${limit} ${limit === 1 ? 'character' : 'characters'}`;
  return `be ${limit} ${numeric}`;
}
