import { Command } from 'commander';
import { addQuestionOptions, questionFieldsOf } from '../../../src/cli/question-options';
import { NUMBER_NAMES, NUMBERS, TERM_NAMES, TERMS } from '../../../src/questions/filters';

/** The `filters` of a body that a command line makes. */
function filters(...args: string[]): unknown {
  const command = addQuestionOptions(new Command()).parse(args, { from: 'user' });
  return questionFieldsOf(command.opts()).filters;
}

test.each(NUMBER_NAMES)('%s can be bounded from both sides', (name) => {
  const { options } = NUMBERS[name];
  expect(filters(`--${options.min}`, '3', `--${options.max}`, '7')).toEqual({ [name]: { min: 3, max: 7 } });
  expect(filters(`--${options.max}`, '7')).toEqual({ [name]: { max: 7 } });
});

test.each(TERM_NAMES)('%s can be asked for and ruled out', (name) => {
  const { option } = TERMS[name];
  const both = filters(`--${option}`, 'A', 'B C', `--without-${option}`, 'D');
  expect(both).toEqual({ [name]: { any: ['A', 'B C'], none: ['D'] } });
});

test('the names that scripts use stay', () => {
  const numbers = ['year-from', 'year-to', 'min-rating', 'min-votes', 'min-runtime', 'max-runtime'];
  const names = ['genre', 'without-genre', 'language', 'country', 'director', 'cast', 'keyword'];
  const known = addQuestionOptions(new Command()).options.map(({ long }) => long);
  expect(known).toEqual(expect.arrayContaining([...numbers, ...names].map((name) => `--${name}`)));
});

test('without a filter there is no field for them', () => {
  expect(filters()).toBeUndefined();
});
