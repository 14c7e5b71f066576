import { existsSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { provideModel } from '../../compose';
import type { Config } from '../../config';
import { locateModel } from '../../model/locate';
import { verifyModel } from '../../model/verify';
import { CliError } from '../cli-error';
import type { CliContext } from '../context';
import { fetchListener } from '../fetch-listener';
import { jsonOption } from '../question-options';
import { painter } from '../style';

const OWN_MODEL_FILES = ['model.onnx', 'tokenizer.json', 'model.json'];

export function modelCommand(context: CliContext): Command {
  const command = new Command('model').description('the embedding model of the configuration (MODEL, MODEL_DIR)');
  command
    .command('status', { isDefault: true })
    .description('where it is, and whether it is whole')
    .addOption(jsonOption())
    .action((options: { json?: boolean }) => status(context, options, false));
  command
    .command('verify')
    .description('the same, with exit code 1 where a file is missing or damaged')
    .addOption(jsonOption())
    .action((options: { json?: boolean }) => status(context, options, true));
  command
    .command('fetch')
    .description('download what is missing or damaged, from Hugging Face or else with the Maven client')
    .action(() => fetchCommand(context));
  return command;
}

interface ModelState {
  name: string;
  description: string;
  folder: string;
  files: { file: string; path: string; bytes?: number; sha256?: string; state: string }[];
  /** What to do where a file is not as it should be. */
  advice: string;
}

async function status(context: CliContext, options: { json?: boolean }, strict: boolean): Promise<void> {
  const { name, description, folder, files, advice } = await stateOf(context.loadConfig());
  const complete = files.every(({ state }) => state === 'ok');
  if (options.json) {
    context.stdout.write(`${JSON.stringify({ name, folder, complete, files }, null, 2)}\n`);
  } else {
    const paint = painter(context, context.stdout);
    const lines = files.map(({ file, state }) => `  ${paint(state === 'ok' ? 'green' : 'red', state)}  ${file}\n`);
    context.stdout.write(`${name} (${description})\n  ${folder}\n${lines.join('')}`);
  }
  if (strict && !complete) throw new CliError(`${name} is not complete; ${advice}`);
}

async function stateOf(config: Config): Promise<ModelState> {
  const location = locateModel(config);
  if (!location) return ownModel(config.model);
  const { spec, folder } = location;
  const files = (await verifyModel(spec, folder)).map(({ file, path: target, state }) => {
    return { file: file.name, path: target, bytes: file.bytes, sha256: file.sha256, state };
  });
  const advice = '`cinematch model fetch` downloads what is missing.';
  return { name: spec.name, description: spec.description, folder, files, advice };
}

/** A model of one's own: nobody pinned its checksums, so only whether the files are there can be told. */
function ownModel(folder: string): ModelState {
  const files = OWN_MODEL_FILES.map((file) => {
    const target = path.join(folder, file);
    return { file, path: target, state: existsSync(target) ? 'ok' : 'missing' };
  });
  return {
    name: path.basename(folder),
    description: 'your own',
    folder,
    files,
    advice: 'put the missing files there.',
  };
}

async function fetchCommand(context: CliContext): Promise<void> {
  const config = context.loadConfig();
  const location = locateModel(config);
  if (!location) throw new CliError(`MODEL names a folder of your own, ${config.model}; there is nothing to download.`);
  const listener = fetchListener(context);
  await provideModel(config, { ...listener, signal: context.onInterrupt() }).finally(listener.done);
  context.stdout.write(`${location.spec.name} is in ${location.folder}\n`);
}
