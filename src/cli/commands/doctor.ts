import { Command } from 'commander';
import { CliError } from '../cli-error';
import type { CliContext } from '../context';
import { type Check, runChecks } from '../doctor-checks';
import { jsonOption } from '../question-options';
import { painter, type Style } from '../style';

const MARKS: Readonly<Record<Check['state'], { mark: string; style: Style }>> = {
  ok: { mark: 'ok     ', style: 'green' },
  note: { mark: 'note   ', style: 'yellow' },
  missing: { mark: 'MISSING', style: 'red' },
};

export function doctorCommand(context: CliContext): Command {
  return new Command('doctor')
    .description('check everything that the engine needs; exit code 1 where something is missing')
    .addOption(jsonOption())
    .action(async ({ json }: { json?: boolean }) => {
      const checks = await runChecks(context);
      const healthy = checks.every(({ state }) => state !== 'missing');
      const paint = painter(context, context.stdout);
      const lines = checks.map(({ name, state, detail }) => {
        const { mark, style } = MARKS[state];
        return `${paint(style, mark)}  ${name.padEnd(14)}  ${detail.replaceAll('\n', `\n${' '.repeat(25)}`)}\n`;
      });
      context.stdout.write(json ? `${JSON.stringify({ healthy, checks }, null, 2)}\n` : lines.join(''));
      if (!healthy) throw new CliError('Something that the engine needs is missing; see above.');
    });
}
