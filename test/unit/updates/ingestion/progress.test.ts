import { type Progress, ProgressTracker } from '../../../../src/updates/ingestion/progress';

const NOTHING = { inserted: [], updated: [], touched: [], unchanged: [] };

describe('ProgressTracker', () => {
  it('counts what becomes of each film, and tells rate and time left', () => {
    const told: Progress[] = [];
    let now = 0;
    const tracker = new ProgressTracker(
      (progress) => told.push(progress),
      () => now,
    );
    tracker.found(40);
    tracker.startFetching(100, 20, { new: 5, updated: 3 });
    expect(told.at(-1)).toMatchObject({
      phase: 'fetch',
      total: 100,
      done: 20,
      new: 5,
      updated: 3,
      unchanged: 12,
      rate: 0,
      eta: null,
    });
    now = 2_000;
    tracker.stored({ inserted: [1, 2], updated: [3], touched: [4], unchanged: [5], deleted: [] });
    tracker.failed();
    tracker.deleted();
    now = 3_500;
    expect(tracker.current).toEqual({
      phase: 'fetch',
      total: 100,
      done: 27,
      new: 7,
      updated: 5,
      unchanged: 13,
      deleted: 1,
      failed: 1,
      rate: 2,
      eta: 37,
    });
    tracker.enter('done');
    expect(tracker.current.eta).toBe(0);
  });

  it('knows what a reset changed when it is over', () => {
    const tracker = new ProgressTracker(() => {});
    tracker.startFetching(3, 1);
    tracker.staged(2);
    expect(tracker.current).toMatchObject({ done: 3, new: 0, unchanged: 0 });
    tracker.replaced({ ...NOTHING, inserted: [1, 2], unchanged: [3], deleted: [4, 5] });
    expect(tracker.current).toMatchObject({ done: 3, new: 2, unchanged: 1, deleted: 2 });
  });
});
