const DAY_MS = 86_400_000;

/** A day as TMDB writes it: `YYYY-MM-DD`, in UTC. */
export type Day = string;

export function dayOf(time: Date | number): Day {
  return new Date(time).toISOString().slice(0, 10);
}

export function addDays(day: Day, days: number): Day {
  return dayOf(Date.parse(day) + days * DAY_MS);
}

/** Days from `from` to `to`. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

/** Milliseconds of this many days. */
export function days(count: number): number {
  return count * DAY_MS;
}
