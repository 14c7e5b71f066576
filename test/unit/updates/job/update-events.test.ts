import { type UpdateEvent, UpdateEvents } from '../../../../src/updates/job/update-events';

describe('UpdateEvents', () => {
  it('numbers events upwards from the clock, so that a restart never goes back', () => {
    const before = Date.now();
    const events = new UpdateEvents();
    const seen: number[] = [];
    events.subscribe((event) => seen.push((event as UpdateEvent).id));
    for (let count = 0; count < 5; count += 1) events.publish('progress', count);
    expect(seen[0]).toBeGreaterThanOrEqual(before);
    for (const [index, id] of seen.entries()) if (index > 0) expect(id).toBeGreaterThan(seen[index - 1] as number);
    expect(events.last).toBe(seen.at(-1));
  });

  it('tells what was missed as long as it is kept', () => {
    const events = new UpdateEvents();
    events.publish('progress', 'first');
    const first = events.last;
    events.publish('progress', 'second');
    expect(events.since(first)?.map(({ data }) => data)).toEqual(['second']);
    expect(events.since(events.last)).toEqual([]);
    expect(events.since(first - 1)).toBeUndefined();
    expect(events.since(events.last + 1)).toBeUndefined();
    for (let count = 0; count < 1_000; count += 1) events.publish('progress', count);
    expect(events.since(first)).toBeUndefined();
    expect(new UpdateEvents().since(1)).toBeUndefined();
  });

  it('ends every subscription', () => {
    const events = new UpdateEvents();
    const seen: unknown[] = [];
    const left: unknown[] = [];
    events.subscribe((event) => seen.push(event));
    events.subscribe((event) => left.push(event))();
    events.end();
    events.publish('progress', 1);
    expect(seen).toEqual(['end']);
    expect(left).toEqual([]);
    events.subscribe((event) => seen.push(event));
    expect(seen).toEqual(['end', 'end']);
  });
});
