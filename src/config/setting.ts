import { z } from 'zod';

/** What people are told of a setting. */
export interface Setting {
  /** Of the environment. */
  variable: string;
  meaning: string;
  /** The value where none is given, or in words what then happens. */
  fallback: { value: string } | { words: string };
  /** Never repeated in messages. */
  secret?: boolean;
}

/** What each leaf of the schema is outside. */
const settings = z.registry<Setting>();

type Text<T> = z.ZodType<T, string>;

/** A setting that always has a value; `fallback` is read as if it were given. */
export function setting<T>(variable: string, fallback: string, meaning: string, schema: Text<T>) {
  return schema.prefault(fallback).register(settings, { variable, meaning, fallback: { value: fallback } });
}

/** A setting that may be absent; `words` say what holds then. */
export function optional<T>(variable: string, words: string, meaning: string, schema: Text<T>, secret = false) {
  return z.exactOptional(schema).register(settings, { variable, meaning, fallback: { words }, secret });
}

/** A leaf of the schema: where its value goes, and what it is outside. */
export interface Leaf {
  path: string[];
  setting: Setting;
}

/** The leaves of a schema, in its order. */
export function leavesOf(node: z.core.$ZodType, at: string[] = []): Leaf[] {
  const known = settings.get(node);
  if (known) return [{ path: at, setting: known }];
  if (node instanceof z.ZodPipe) return leavesOf(node.in, at);
  if (!(node instanceof z.ZodObject)) return [];
  return Object.entries<z.core.$ZodType>(node.shape).flatMap(([name, child]) => leavesOf(child, [...at, name]));
}
