import { z } from 'zod';

/** Years that films are of. */
export const yearSchema = z.int().min(1870).max(2200);

const daySchema = z.iso.date();

/** Whether the text is a day of the calendar as `YYYY-MM-DD`; data sets write `0000-00-00` for "not known". */
export function isDay(text: string): boolean {
  return !text.startsWith('0000') && daySchema.safeParse(text).success;
}

/** The year of a day, where films can be of it. */
export function yearOf(day: string | undefined): number | undefined {
  const parsed = yearSchema.safeParse(Number(day?.slice(0, 4)));
  return parsed.success ? parsed.data : undefined;
}
