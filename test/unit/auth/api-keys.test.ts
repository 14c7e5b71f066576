import { ApiKeys, countKeys, createKey, ensureAdminKey } from '../../../src/auth/api-keys';
import { FakeMovieStore } from '../../fake-store/fake-movie-store';

describe('keys', () => {
  const records = () => new FakeMovieStore().records;

  it('are made at random and kept only as a hash', async () => {
    const store = records();
    const [one, two] = [await createKey(store), await createKey(store)];
    expect(one).toMatch(/^cm_[\w-]{43}$/);
    expect(two).not.toBe(one);
    const kept = JSON.stringify(await store.list('api_keys'));
    expect(kept).not.toContain(one.slice(3));
    expect(JSON.parse(kept)[0].value).toEqual({
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      scopes: ['admin'],
      created_at: expect.any(String),
    });
    expect(await countKeys(store)).toBe(2);
  });

  it('let in who holds them, and nobody else', async () => {
    const store = records();
    const key = await createKey(store);
    const powerless = await createKey(store, []);
    const keys = new ApiKeys(store, 'from-the-configuration');
    expect(await keys.allows(key, 'admin')).toBe(true);
    expect(await keys.allows('from-the-configuration', 'admin')).toBe(true);
    for (const wrong of ['', key.slice(0, -1), `${key}x`, key.toUpperCase(), powerless, 'cm_']) {
      expect(await keys.allows(wrong, 'admin')).toBe(false);
    }
  });

  it('do not stop working because a record cannot be read', async () => {
    const store = records();
    await store.put('api_keys', '0', { hash: 'short' });
    const key = await createKey(store);
    expect(await new ApiKeys(store).allows(key, 'admin')).toBe(true);
  });

  it('of the administrator are made once, and not where one is configured', async () => {
    const store = records();
    expect(await ensureAdminKey(store, 'configured')).toBeUndefined();
    expect(await countKeys(store)).toBe(0);
    const key = await ensureAdminKey(store, undefined);
    expect(await new ApiKeys(store).allows(key as string, 'admin')).toBe(true);
    expect(await ensureAdminKey(store, undefined)).toBeUndefined();
    expect(await countKeys(store)).toBe(1);
  });
});
