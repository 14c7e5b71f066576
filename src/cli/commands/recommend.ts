import { Command } from 'commander';
import { CliError, EXIT_USAGE } from '../cli-error';
import type { CliContext } from '../context';
import { addQuestionOptions, type QuestionOptions, questionFieldsOf } from '../question-options';
import { printAnswer } from './search';

type RecommendOptions = QuestionOptions & { like?: string[]; dislike?: string[]; sameCollection?: boolean };

export function recommendCommand(context: CliContext): Command {
  const command = new Command('recommend')
    .description('films for someone who likes, or dislikes, these')
    .option('--like <title...>', 'films liked, oldest first (titles or TMDB ids)')
    .option('--dislike <title...>', 'films disliked')
    .option('--same-collection', 'films of the liked films’ own collections (sequels) may be among them');
  return addQuestionOptions(command).action((options: RecommendOptions) => {
    const { like = [], dislike = [], sameCollection } = options;
    if (like.length + dislike.length === 0) {
      throw new CliError(
        'Name films with --like or --dislike, for example: cinematch recommend --like Alien Heat',
        EXIT_USAGE,
      );
    }
    return printAnswer(context, options, (catalogue) =>
      catalogue.recommend({
        liked_movies: like,
        disliked_movies: dislike,
        ...(sameCollection && { same_collection: true }),
        ...questionFieldsOf(options),
      }),
    );
  });
}
