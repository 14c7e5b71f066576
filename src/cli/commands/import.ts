import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { type ImportReport, importFilms } from '../../import/import-films';
import type { RowProblem } from '../../import/row';
import { UnknownFormatError } from '../../import/sources';
import type { MovieStore } from '../../store/movie-store';
import { CliError } from '../cli-error';
import type { CliContext } from '../context';
import { useDirectory } from '../data-directory';
import { createProgress, durationText } from '../progress';
import { jsonOption } from '../question-options';

const SHOWN_PROBLEMS = 10;

interface ImportOptions {
  errors?: string;
  json?: boolean;
}

export function importCommand(context: CliContext): Command {
  return new Command('import')
    .description(
      'add or update films from files: JSONL, or the CSV files of TMDB 5000 and The Movies Dataset, also gzipped',
    )
    .argument('<file...>', 'files of films, with their credits and keywords files where they have any (docs/films.md)')
    .option('--errors <file>', 'write every row that was not taken, or not whole, to this file, as JSON lines')
    .addOption(jsonOption())
    .action((files: string[], options: ImportOptions) => runImport(context, files, options));
}

async function runImport(context: CliContext, files: string[], options: ImportOptions): Promise<void> {
  await useDirectory(context, context.loadConfig(), {
    role: 'cinematch import',
    here: ({ movies }) => importInto(movies, context, files, options),
  });
}

async function importInto(
  store: MovieStore,
  context: CliContext,
  files: string[],
  options: ImportOptions,
): Promise<void> {
  const progress = createProgress(context.stderr, { label: 'Importing', unit: 'films', silent: options.json === true });
  try {
    const report = await importFilms(store, files, {
      signal: context.onInterrupt(),
      onProgress: (done, total) => progress.update(done, total),
    });
    progress.stop();
    writeReport(context, report, options);
    if (report.interrupted)
      throw new CliError(
        'Interrupted. Run the same command again to go on: films that are stored are passed over.',
        130,
      );
    if (report.total === 0) throw new CliError('No film was found in the files.');
  } catch (error) {
    progress.stop();
    throw error instanceof UnknownFormatError ? new CliError(error.message) : error;
  }
}

function writeReport({ stdout }: CliContext, report: ImportReport, options: ImportOptions): void {
  if (options.errors !== undefined) {
    const partly = report.faults.map((fault) => ({ ...fault, stored: true }));
    writeFileSync(options.errors, [...report.problems, ...partly].map((row) => `${JSON.stringify(row)}\n`).join(''));
  }
  stdout.write(options.json ? `${JSON.stringify(summary(report), null, 2)}\n` : reportText(report, options));
}

/** The report for programs; long lists are cut, their counts are whole. */
function summary(report: ImportReport): object {
  return {
    ...report,
    problems: report.problems.slice(0, 1_000),
    problemCount: report.problems.length,
    faults: report.faults.slice(0, 1_000),
    faultCount: report.faults.length,
    duplicates: report.duplicates.slice(0, 1_000),
    duplicateCount: report.duplicates.length,
  };
}

function reportText(report: ImportReport, { errors }: ImportOptions): string {
  const { inserted, updated, touched, unchanged, problems, faults, duplicates, ignoredFields, seconds } = report;
  const stored = inserted + updated + touched + unchanged;
  const lines = [
    `${count(stored, 'film')} stored in ${durationText(seconds)}: ${inserted} new, ${updated} changed, ${touched} with other metadata, ${unchanged} unchanged.`,
  ];
  if (duplicates.length > 0) {
    lines.push(`${count(duplicates.length, 'row')} replaced by a later row of the same film:`);
    lines.push(
      ...shown(
        duplicates,
        (row) => `  ${row.file}:${row.line}: film ${row.id} is again in ${row.replacedBy.file}:${row.replacedBy.line}`,
      ),
    );
  }
  if (ignoredFields.length > 0) lines.push(`Fields that the catalogue does not keep: ${ignoredFields.join(', ')}.`);
  const where = errors === undefined ? '' : `, all in ${errors}`;
  const hint = errors === undefined ? ' (--errors FILE writes all)' : '';
  if (faults.length > 0) {
    lines.push(
      `${count(faults.length, 'row')} taken without what is wrong in ${faults.length === 1 ? 'it' : 'them'}${where}:`,
    );
    lines.push(...shown(faults, problemText, hint));
  }
  if (problems.length > 0) {
    lines.push(`${count(problems.length, 'row')} not taken${where}:`);
    lines.push(...shown(problems, problemText, hint));
  }
  return `${lines.join('\n')}\n`;
}

function problemText({ file, line, reason }: RowProblem): string {
  return `  ${file}:${line}: ${reason}`;
}

function shown<T>(list: readonly T[], text: (item: T) => string, hint = ''): string[] {
  const lines = list.slice(0, SHOWN_PROBLEMS).map(text);
  if (list.length > SHOWN_PROBLEMS) lines.push(`  … and ${list.length - SHOWN_PROBLEMS} more${hint}`);
  return lines;
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;
}
