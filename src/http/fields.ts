import { z } from 'zod';
import { isReadable } from '../clean/text';

/** Neither white space nor invisible formatting. */
const VISIBLE = /[^\s\p{Cf}]/u;

/** Text of 1 to `maximum` characters (Unicode code points) that are not all blank, trimmed. */
export function text(maximum: number) {
  return z
    .string()
    .trim()
    .refine((value) => VISIBLE.test(value), { error: 'must not be blank', abort: true })
    .refine(isReadable, {
      error: 'must not contain control characters or unpaired surrogates',
      abort: true,
    })
    .refine((value) => [...value].length <= maximum, { error: `must have at most ${maximum} characters` })
    .meta({ minLength: 1, maxLength: maximum });
}

/** A number of a query string, or what is not one as it is, for `schema` to refuse. */
export function queryNumber<S extends z.ZodType>(schema: S) {
  return z.preprocess(
    (value) => (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value),
    schema,
  );
}

/** `true` or `false` of a query string. */
export function queryBoolean() {
  return z.preprocess((value) => (value === 'true' ? true : value === 'false' ? false : value), z.boolean());
}

/** A parameter that may be repeated, and whose values may be separated by commas. */
export function queryList<S extends z.ZodType>(schema: S) {
  return z.preprocess(
    (value) => [value].flat().flatMap((item) => (typeof item === 'string' ? item.split(',') : [item])),
    schema,
  );
}
