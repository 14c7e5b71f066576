import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseEnv } from 'node:util';
import type { z } from 'zod';
import { type Config, schema } from './config/schema';
import { type Leaf, leavesOf, type Setting } from './config/setting';

export type { Config } from './config/schema';

type Environment = Readonly<Record<string, string | undefined>>;

/** The configuration makes no sense; `problems` has a line for each thing that is wrong. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly problems: readonly string[]) {
    super(['The configuration cannot be used:', ...problems.map((problem) => `  ${problem}`)].join('\n'));
  }
}

const LEAVES: readonly Leaf[] = leavesOf(schema);

/** All settings, in the order in which people are told of them. */
export const SETTINGS: readonly Setting[] = LEAVES.map((leaf) => leaf.setting);

/** The configuration of this process: its environment, then what `.env` in the working directory adds. @throws ConfigError */
export function loadConfig(environment: Environment = process.env): Config {
  return parseConfig({ ...readEnvFile('.env'), ...environment });
}

/** A configuration from these variables alone; an empty one counts as absent. @throws ConfigError with every problem. */
export function parseConfig(environment: Environment): Config {
  const result = schema.safeParse(inputOf(environment));
  if (!result.success) throw new ConfigError(result.error.issues.map((issue) => problemLine(issue, environment)));
  return result.data;
}

/** The variables of a file, where there is one. */
function readEnvFile(file: string): Environment {
  try {
    return parseEnv(readFileSync(file, 'utf8'));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'EISDIR') return {}; // others keep a folder of that name
    throw new ConfigError([`${path.resolve(file)} cannot be read: ${message}`]);
  }
}

/** The variables in the schema's form. */
function inputOf(environment: Environment): object {
  const input: Record<string, unknown> = {};
  for (const {
    path: names,
    setting: { variable },
  } of LEAVES) {
    const place = names.slice(0, -1).reduce((node, name) => {
      node[name] ??= {};
      return node[name] as Record<string, unknown>;
    }, input);
    const value = environment[variable]?.trim();
    if (value) place[names.at(-1) as string] = value;
  }
  return input;
}

function problemLine({ path: at, message }: z.core.$ZodIssue, environment: Environment): string {
  const leaf = LEAVES.find(({ path: names }) => names.join() === at.join());
  if (leaf === undefined) return message;
  const { variable, secret } = leaf.setting;
  const value = environment[variable]?.trim();
  return `${variable} ${message}${value && !secret ? `, not ${JSON.stringify(value)}` : ''}`;
}
