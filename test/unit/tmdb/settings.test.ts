import { credentials, DEFAULT_TMDB_SETTINGS, settingsProblem } from '../../../src/tmdb/settings';

describe('credentials', () => {
  it('tells a v4 token from a v3 key by its form', () => {
    expect(credentials('eyJh.eyJz.c2ln')).toEqual({ header: 'Bearer eyJh.eyJz.c2ln' });
    expect(credentials(' 0123456789abcdef0123456789abcdef\n')).toEqual({
      parameter: '0123456789abcdef0123456789abcdef',
    });
    expect(credentials('a.b')).toEqual({ parameter: 'a.b' });
  });

  it('refuses what cannot be a key, without repeating it', () => {
    expect(() => credentials('')).toThrow('No TMDB key is configured');
    expect(() => credentials('se same')).toThrow(
      expect.objectContaining({ kind: 'unauthorised', message: expect.not.stringContaining('same') }),
    );
  });
});

describe('settingsProblem', () => {
  it('accepts the defaults and nothing that could exceed the limit of TMDB', () => {
    expect(settingsProblem(DEFAULT_TMDB_SETTINGS)).toBeUndefined();
    expect(settingsProblem({ rate: 32, concurrency: 8 })).toBeUndefined();
    expect(settingsProblem({ rate: 33, concurrency: 8 })).toContain('at most 40');
    expect(settingsProblem({ rate: 0, concurrency: 8 })).toContain('at least 1');
    expect(settingsProblem({ rate: 1.5, concurrency: 8 })).toContain('whole');
  });
});
