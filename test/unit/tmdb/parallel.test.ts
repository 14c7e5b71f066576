import { setTimeout as wait } from 'node:timers/promises';
import { inParallel } from '../../../src/tmdb/parallel';

describe('inParallel', () => {
  it('keeps the order and the width', async () => {
    let running = 0;
    let most = 0;
    const results = await inParallel([30, 5, 20, 1, 10], 2, async (milliseconds) => {
      running += 1;
      most = Math.max(most, running);
      await wait(milliseconds);
      running -= 1;
      return milliseconds * 2;
    });
    expect(results).toEqual([60, 10, 40, 2, 20]);
    expect(most).toBe(2);
  });

  it('rejects with the first failure when what was under way has ended, and starts no more', async () => {
    const started: number[] = [];
    const ended: number[] = [];
    const work = async (item: number) => {
      started.push(item);
      await wait(item * 10);
      ended.push(item);
      if (item === 1) throw new Error('first');
      throw new Error('later');
    };
    await expect(inParallel([1, 3, 5], 2, work)).rejects.toThrow('first');
    expect(started).toEqual([1, 3]);
    expect(ended).toEqual([1, 3]);
  });
});
