import type { StubFilm } from './stub-film';
import { numberOf } from './wire-movie';

/** Faults of single answers, by request; the shapes of films and lists, by film or page. */
export const FAULT_NAMES = [
  'latency',
  'stall',
  'stall-body',
  'reset',
  'truncated',
  'truncated-json',
  'html502',
  '500',
  '429',
  'html404',
  'duplicates',
  'shifts',
  'null-fields',
  'several-directors',
  'no-cast',
  'broken-film',
] as const;

export type FaultName = (typeof FAULT_NAMES)[number];

/** A fault to order: at a rate, or at the requests (counted from 1) that are listed; `value` is milliseconds or seconds. */
export interface FaultOrder {
  name: FaultName;
  rate?: number;
  requests?: number[];
  value?: number;
}

/** Reads `name=rate`, `name@1,2,3` or either with `:value` behind. */
export function parseFault(text: string): FaultOrder {
  const match = /^([\w-]+)(?:=(\d*\.?\d+)|@(\d+(?:,\d+)*))(?::(\d+))?$/.exec(text);
  const name = FAULT_NAMES.find((known) => known === match?.[1]);
  if (match === null || name === undefined) {
    throw new Error(`"${text}" is no fault; write NAME=RATE or NAME@1,2,3 with NAME one of ${FAULT_NAMES.join(', ')}.`);
  }
  return {
    name,
    ...(match[2] !== undefined && { rate: Number(match[2]) }),
    ...(match[3] !== undefined && { requests: match[3].split(',').map(Number) }),
    ...(match[4] !== undefined && { value: Number(match[4]) }),
  };
}

/** Decides which request, page or film meets which fault, the same way for the same orders. */
export class Faults {
  constructor(private readonly orders: readonly FaultOrder[]) {}

  /** The order that hits this request or thing, if any. */
  hit(name: FaultName, number: number): FaultOrder | undefined {
    return this.orders.find(
      (order) =>
        order.name === name && (order.requests?.includes(number) || chance(`${name}/${number}`) < (order.rate ?? 0)),
    );
  }

  /** The list as it stands at this request: neighbours may have changed places, or a film may be there twice. */
  reorder(films: StubFilm[], request: number): StubFilm[] {
    let list = films;
    if (this.hit('shifts', request)) {
      // Films move over the edges of the pages: the last of each page changes places with the first of the next.
      list = [...list];
      for (let edge = 20; edge < list.length; edge += 20)
        [list[edge - 1], list[edge]] = [list[edge] as StubFilm, list[edge - 1] as StubFilm];
    }
    // A film that is shown twice pushes another one out of its place.
    if (this.hit('duplicates', request))
      list = list.map((film, index) => (index > 0 && index % 20 === 0 ? (list[index - 1] as StubFilm) : film));
    return list;
  }

  /** The body as the faults of a film leave it. */
  distort(body: Record<string, unknown>, id: number): Record<string, unknown> {
    const nulls = this.hit('null-fields', id)
      ? {
          overview: null,
          tagline: null,
          poster_path: null,
          backdrop_path: null,
          release_date: '',
          runtime: null,
          imdb_id: null,
        }
      : {};
    const credits = body.credits as { cast: unknown[]; crew: Record<string, unknown>[] } | undefined;
    return { ...body, ...nulls, ...(credits && { credits: this.distortCredits(credits, id) }), ...this.broken(id) };
  }

  private distortCredits(credits: { cast: unknown[]; crew: Record<string, unknown>[] }, id: number) {
    const cast = this.hit('no-cast', id) ? [] : credits.cast;
    const more = this.hit('several-directors', id)
      ? ['Second Director', 'Third Director'].map((name) => ({
          ...credits.crew[0],
          name,
          department: 'Directing',
          job: 'Director',
        }))
      : [];
    return { cast, crew: [...credits.crew, ...more] };
  }

  /** A film whose answer can never be used. */
  private broken(id: number): Record<string, unknown> {
    return this.hit('broken-film', id) ? { credits: 'none', title: 7 } : {};
  }
}

/** A number in [0, 1) for a text, always the same (MurmurHash3's finaliser, which spreads neighbouring texts). */
function chance(text: string): number {
  let hash = numberOf(text);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
