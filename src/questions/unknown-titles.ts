import type { Response } from 'express';
import { z } from 'zod';
import type { MovieReference, Resolution } from '../store/movie-store';

/** Header that names the films asked about that the catalogue does not have. */
const UNKNOWN_TITLES_HEADER = 'X-Unknown-Titles';
/** Common servers and clients stop at 8 kB for all headers together. */
const HEADER_BYTES = 4_000;

export const unknownTitlesHeaders = z.object({
  [UNKNOWN_TITLES_HEADER]: z
    .string()
    .optional()
    .meta({
      description:
        'JSON array (ASCII, with \\u escapes) of the films asked about that the catalogue does not have and that were skipped; ' +
        `as many as fit in ${HEADER_BYTES} bytes`,
      example: '["Inceptoin 2"]',
    }),
});

/** An answer, and the films asked about that the catalogue does not have. */
export interface Reported<T> {
  answer: T;
  unknown: Resolution[];
}

/** The answer, whatever its form; a header tells the client which films were skipped. */
export function reported<T>(response: Response, { answer, unknown }: Reported<T>): T {
  if (unknown.length > 0) response.set(UNKNOWN_TITLES_HEADER, headerOf(unknown));
  return answer;
}

function headerOf(unknown: readonly Resolution[]): string {
  const titles: string[] = [];
  let bytes = 2;
  for (const { reference } of unknown) {
    const title = asciiJson(reference);
    bytes += title.length + 1;
    if (bytes > HEADER_BYTES) break;
    titles.push(title);
  }
  return `[${titles.join(',')}]`;
}

function asciiJson(value: MovieReference): string {
  return JSON.stringify(value).replace(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
