import { Command } from 'commander';
import { provideModel } from '../../compose';
import { locateModel, type ModelLocation } from '../../model/locate';
import { verifyModel } from '../../model/verify';
import { CliError } from '../cli-error';
import type { CliContext } from '../context';
import { fetchListener } from '../fetch-listener';
import { jsonOption } from '../question-options';
import { painter } from '../style';

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

async function status(context: CliContext, options: { json?: boolean }, strict: boolean): Promise<void> {
  const location = locate(context);
  const files = await verifyModel(location.spec, location.folder);
  const complete = files.every(({ state }) => state === 'ok');
  const { name, description } = location.spec;
  if (options.json) {
    const listed = files.map(({ file, path, state }) => ({
      file: file.name,
      path,
      bytes: file.bytes,
      sha256: file.sha256,
      state,
    }));
    context.stdout.write(`${JSON.stringify({ name, folder: location.folder, complete, files: listed }, null, 2)}\n`);
  } else {
    const paint = painter(context, context.stdout);
    const lines = files.map(({ file, state }) => `  ${paint(state === 'ok' ? 'green' : 'red', state)}  ${file.name}\n`);
    context.stdout.write(`${name} (${description})\n  ${location.folder}\n${lines.join('')}`);
  }
  if (strict && !complete)
    throw new CliError(`${name} is not complete; \`cinematch model fetch\` downloads what is missing.`);
}

async function fetchCommand(context: CliContext): Promise<void> {
  const config = context.loadConfig();
  const { spec, folder } = locate(context);
  const listener = fetchListener(context);
  await provideModel(config, { ...listener, signal: context.onInterrupt() }).finally(listener.done);
  context.stdout.write(`${spec.name} is in ${folder}\n`);
}

function locate(context: CliContext): ModelLocation {
  const config = context.loadConfig();
  const location = locateModel(config);
  if (!location)
    throw new CliError(`MODEL names a folder of your own, ${config.model}; nothing is known of its files.`);
  return location;
}
