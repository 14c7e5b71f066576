import { Command, CommanderError } from 'commander';
import { VERSION } from '../version';
import { CliError, EXIT_FAILURE, EXIT_USAGE, messageOf } from './cli-error';
import { doctorCommand } from './commands/doctor';
import { importCommand } from './commands/import';
import { ingestCommand } from './commands/ingest';
import { keysCommand } from './commands/keys';
import { modelCommand } from './commands/model';
import { recommendCommand } from './commands/recommend';
import { searchCommand } from './commands/search';
import { serveCommand } from './commands/serve';
import { similarCommand } from './commands/similar';
import { type CliContext, processContext } from './context';
import { painter } from './style';

const COMMANDS = [
  serveCommand,
  importCommand,
  ingestCommand,
  searchCommand,
  similarCommand,
  recommendCommand,
  modelCommand,
  doctorCommand,
  keysCommand,
];

function createProgram(context: CliContext): Command {
  const program = new Command('cinematch')
    .description('Movie search and recommendation: type what you remember of a film and get it.')
    .version(VERSION, '-V, --version')
    .option('--verbose', 'show where unexpected errors come from (also DEBUG=1)')
    .addHelpText('after', '\nSettings come from the environment and from .env; .env.example lists them.');
  for (const create of COMMANDS) program.addCommand(create(context));
  for (const command of withSubcommands(program)) {
    command.exitOverride().configureOutput({
      writeOut: (text) => void context.stdout.write(text),
      writeErr: (text) => void context.stderr.write(text),
    });
  }
  return program;
}

function withSubcommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap((each) => withSubcommands(each as Command))];
}

/** Runs one command line (without `node` and the script) and resolves with the exit code; never rejects. */
export async function run(args: readonly string[], context: CliContext = processContext()): Promise<number> {
  const program = createProgram(context);
  try {
    await program.parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    // Commander has written its own message, or the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT_USAGE;
    const verbose = program.opts<{ verbose?: boolean }>().verbose === true || Boolean(context.env.DEBUG);
    context.stderr.write(`${painter(context, context.stderr)('red', 'error:')} ${errorText(error, verbose)}\n`);
    return error instanceof CliError ? error.exitCode : EXIT_FAILURE;
  }
}

function errorText(error: unknown, verbose: boolean): string {
  const message = messageOf(error);
  const stack = error instanceof Error ? error.stack : undefined;
  if (verbose && stack) return message === undefined ? stack : `${message}\n${stack}`;
  if (message !== undefined) return message;
  const plain = error instanceof Error ? error.message : String(error);
  return `${plain}\nThis was not foreseen; DEBUG=1 shows where it comes from.`;
}
