import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const SCRIPTS = path.join(__dirname, '../../../scripts/lib');

/** Calls functions of a module of `scripts/lib`, which jest cannot import, in a process of its own. */
export function callsOf(file: string): (name: string, ...args: unknown[]) => unknown {
  const module = pathToFileURL(path.join(SCRIPTS, file)).href;
  const code = `import * as functions from ${JSON.stringify(module)};
    console.log(JSON.stringify(functions[process.argv[1]](...JSON.parse(process.argv[2]))));`;
  return (name, ...args) => {
    const text = execFileSync(process.execPath, ['--input-type=module', '-e', code, name, JSON.stringify(args)]);
    return JSON.parse(text.toString());
  };
}
