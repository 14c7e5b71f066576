import { Command, Option } from 'commander';
import { SEARCH_MODES } from '../../store/contract.generated';
import { answerText } from '../answer-text';
import { type Catalogue, type RichAnswer, type SearchInput, withCatalogue } from '../catalogue';
import type { CliContext } from '../context';
import { addQuestionOptions, type QuestionOptions, questionFieldsOf } from '../question-options';
import { painter } from '../style';

export function searchCommand(context: CliContext): Command {
  const command = new Command('search')
    .description('find films by what you remember of them')
    .argument('<text...>', 'for example: a romantic movie about a sinking ship')
    .addOption(new Option('--mode <mode>', 'what counts').choices([...SEARCH_MODES]));
  return addQuestionOptions(command).action((text: string[], options: QuestionOptions & { mode?: string }) => {
    const input = { query: text.join(' '), ...(options.mode && { mode: options.mode }), ...questionFieldsOf(options) };
    return printAnswer(context, options, (catalogue) => catalogue.search(input as SearchInput));
  });
}

/** Asks the catalogue of the configuration and writes the answer in the form that the options want. */
export async function printAnswer(
  context: CliContext,
  options: QuestionOptions,
  ask: (catalogue: Catalogue) => Promise<RichAnswer>,
): Promise<void> {
  const answer = await withCatalogue(context, context.loadConfig(), 'a command', ask);
  const text = options.json
    ? `${JSON.stringify(answer, null, 2)}\n`
    : answerText(answer, painter(context, context.stdout));
  context.stdout.write(text);
}
