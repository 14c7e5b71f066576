import path from 'node:path';
import { z } from 'zod';
import type { CorsOrigins } from '../http/headers';
import { findModelSpec, modelNames } from '../model/specs';

/** A key that people choose must be beyond guessing, too. */
export const MIN_KEY_LENGTH = 16;

export function wholeNumber(min: number, max: number) {
  const error = `must be a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d+$/, { error, abort: true })
    .transform(Number)
    .pipe(z.int({ error }).min(min, { error }).max(max, { error }));
}

export function decimal(min: number, max: number) {
  const error = `must be a number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d+(\.\d+)?$/, { error, abort: true })
    .transform(Number)
    .pipe(z.number().min(min, { error }).max(max, { error }));
}

export function choice<const T extends readonly [string, ...string[]]>(values: T) {
  return z
    .string()
    .refine((value) => values.includes(value), { error: `must be one of ${values.join(', ')}` })
    .transform((value) => value as T[number]);
}

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export const folder = z.string().transform((value) => path.resolve(value));
export const key = z.string().regex(/^[\x21-\x7e]+$/, { error: 'must be printable ASCII without spaces' });
export const adminKey = key.min(MIN_KEY_LENGTH, { error: `must have at least ${MIN_KEY_LENGTH} characters` });
export const host = z.string().regex(/^[\w.:-]+$/, { error: 'must be an address or a host name' });
export const language = z.string().regex(/^[a-z]{2}(-[A-Z]{2})?$/, { error: 'must be a language such as de or de-DE' });
export const timezone = z.string().refine(isTimezone, { error: 'must be a time zone such as Europe/Paris' });

export const model = z
  .string()
  .refine((value) => findModelSpec(value) !== undefined || /[/\\]/.test(value), {
    error: `must be a known model (${modelNames().join(', ')}) or the path of a folder that holds one`,
  })
  .transform((value) => (findModelSpec(value) ? value : path.resolve(value)));

export const corsOrigins = z
  .string()
  .transform((value): CorsOrigins => (value.trim() === '*' ? '*' : value.split(',').map((origin) => origin.trim())))
  .refine((origins) => origins === '*' || origins.every(isOrigin), {
    error: 'must be * or origins such as https://example.org, separated by commas',
  });

export const httpUrl = z
  .url({ protocol: /^https?$/, error: 'must be an http or https address' })
  .transform((value) => value.replace(/\/+$/, ''));

function isTimezone(value: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return true;
  } catch {
    return false;
  }
}

function isOrigin(value: string): boolean {
  return /^https?:/.test(value) && URL.canParse(value) && new URL(value).origin === value;
}
