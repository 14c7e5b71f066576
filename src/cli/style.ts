import { styleText } from 'node:util';
import type { CliContext, Output } from './context';

export type Style = 'bold' | 'dim' | 'green' | 'yellow' | 'red';
export type Paint = (style: Style, text: string) => string;

/** Colours for a terminal; plain text for everything else, and where NO_COLOR is set (no-color.org). */
export function painter({ env }: Pick<CliContext, 'env'>, output: Output): Paint {
  const colours = output.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
  return (style, text) => (colours ? styleText(style, text, { validateStream: false } as never) : text);
}
