import { AttemptLimiter } from '../../../src/auth/attempt-limiter';

describe('AttemptLimiter', () => {
  let now: number;
  let limiter: AttemptLimiter;
  const fail = (address: string, times: number) => {
    for (let time = 0; time < times; time += 1) limiter.fail(address);
  };

  beforeEach(() => {
    now = 1_000_000;
    limiter = new AttemptLimiter(() => now);
  });

  it('lets an address wait after ten failures, until a minute after the first', () => {
    fail('192.0.2.1', 9);
    expect(limiter.wait('192.0.2.1')).toBe(0);
    now += 20_000;
    fail('192.0.2.1', 1);
    expect(limiter.wait('192.0.2.1')).toBe(40);
    expect(limiter.wait('192.0.2.2')).toBe(0);
    now += 40_000;
    expect(limiter.wait('192.0.2.1')).toBe(0);
    fail('192.0.2.1', 1);
    expect(limiter.wait('192.0.2.1')).toBe(0);
  });

  it.each([
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::9'],
    ['2001:db8::1', '2001:db8:0:0:ffff::'],
  ])('takes %s and %s for the same holder', (one, other) => {
    fail(one, 10);
    expect(limiter.wait(other)).toBeGreaterThan(0);
  });

  it('tells networks apart', () => {
    fail('2001:db8:1:2::1', 10);
    expect(limiter.wait('2001:db8:1:3::1')).toBe(0);
  });

  it('remembers only so many addresses', () => {
    fail('192.0.2.1', 10);
    for (let index = 0; index < 10_000; index += 1) limiter.fail(`host-${index}`);
    expect(limiter.wait('192.0.2.1')).toBe(0);
  });
});
