import { Command } from 'commander';
import type { CliContext } from '../context';
import { addQuestionOptions, type QuestionOptions, questionFieldsOf } from '../question-options';
import { printAnswer } from './search';

export function similarCommand(context: CliContext): Command {
  const command = new Command('similar')
    .description('films like a film')
    .argument('<title...>', 'a title, with its year in parentheses where there are several, or a TMDB id')
    .option('--same-collection', 'films of the same collection (sequels) may be among them');
  return addQuestionOptions(command).action(
    (title: string[], options: QuestionOptions & { sameCollection?: boolean }) =>
      printAnswer(context, options, (catalogue) =>
        catalogue.recommend({
          liked_movies: [title.join(' ')],
          ...(options.sameCollection && { same_collection: true }),
          ...questionFieldsOf(options),
        }),
      ),
  );
}
