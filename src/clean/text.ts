import { decodeHTMLStrict } from 'entities';

/** Lone surrogates and control characters other than tab and line breaks: no text of a person has them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const FORBIDDEN = /[\p{Surrogate}\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/u;
const LINE_BREAKS = /\s*[\t\n\r\u2028\u2029]\s*/g;

/** Whether the text has no control characters and no halves of characters. */
export function isReadable(text: string): boolean {
  return !FORBIDDEN.test(text);
}

/** A film's text as it is kept: HTML's entities as characters, trimmed. */
export function cleanProse(text: string): string {
  return decodeHTMLStrict(text).trim();
}

/** A title or a name as it is kept: clean, and in one line. */
export function cleanLine(text: string): string {
  return cleanProse(text).replace(LINE_BREAKS, ' ');
}
