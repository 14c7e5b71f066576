import { ApiKeys } from '../../../src/auth/api-keys';
import { FakeRecordStore } from '../../fake-store/fake-movie-store';

describe('keys', () => {
  it('are made at random and kept only as a hash', async () => {
    const records = new FakeRecordStore();
    const keys = new ApiKeys(records);
    const [one, two] = [await keys.create(), await keys.create()];
    expect(one).toMatch(/^cm_[\w-]{43}$/);
    expect(two).not.toBe(one);
    const kept = JSON.stringify(await records.list('api_keys'));
    expect(kept).not.toContain(one.slice(3));
    expect(JSON.parse(kept)[0].value).toEqual({
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      scopes: ['admin'],
      created_at: expect.any(String),
    });
    expect(await keys.count()).toEqual({ count: 2, configured: false });
  });

  it('let in who holds them, and nobody else', async () => {
    const keys = new ApiKeys(new FakeRecordStore(), 'from-the-configuration');
    const key = await keys.create();
    const powerless = await keys.create([]);
    expect(await keys.allows(key, 'admin')).toBe(true);
    expect(await keys.allows('from-the-configuration', 'admin')).toBe(true);
    for (const wrong of ['', key.slice(0, -1), `${key}x`, key.toUpperCase(), powerless, 'cm_']) {
      expect(await keys.allows(wrong, 'admin')).toBe(false);
    }
  });

  it('are known to the next start', async () => {
    const records = new FakeRecordStore();
    const key = await new ApiKeys(records).create();
    expect(await new ApiKeys(records).allows(key, 'admin')).toBe(true);
  });

  it('do not stop working because a record cannot be read', async () => {
    const records = new FakeRecordStore();
    await records.put('api_keys', '0', { hash: 'short' });
    const keys = new ApiKeys(records);
    const key = await keys.create();
    expect(await keys.allows(key, 'admin')).toBe(true);
  });

  it('of the administrator are made once, and not where one is configured', async () => {
    const records = new FakeRecordStore();
    expect(await new ApiKeys(records, 'configured').ensureAdmin()).toBeUndefined();
    const keys = new ApiKeys(records);
    expect((await keys.count()).count).toBe(0);
    const key = await keys.ensureAdmin();
    expect(await keys.allows(key as string, 'admin')).toBe(true);
    expect(await keys.ensureAdmin()).toBeUndefined();
    expect((await keys.count()).count).toBe(1);
  });
});

describe('checks of keys', () => {
  it('read the store once, however many there are', async () => {
    const records = new FakeRecordStore();
    const key = await new ApiKeys(records).create();
    const keys = new ApiKeys(records);
    const list = jest.spyOn(records, 'list');
    const answers = await Promise.all([1, 2, 3].map(() => keys.allows(key, 'admin')));
    expect([...answers, await keys.allows('wrong', 'admin')]).toEqual([true, true, true, false]);
    expect(list).toHaveBeenCalledTimes(1);
  });

  it('know a key that was made after the first of them, even by a reading that began before', async () => {
    const records = new FakeRecordStore();
    const keys = new ApiKeys(records);
    const early = keys.allows('wrong', 'admin');
    const key = await keys.create();
    await early;
    expect(await keys.allows(key, 'admin')).toBe(true);
  });

  it('fail while the store cannot be read, and read it again afterwards', async () => {
    const records = new FakeRecordStore();
    const key = await new ApiKeys(records).create();
    const keys = new ApiKeys(records);
    jest.spyOn(records, 'list').mockRejectedValueOnce(new Error('no disk'));
    await expect(keys.allows(key, 'admin')).rejects.toThrow('no disk');
    expect(await keys.allows(key, 'admin')).toBe(true);
  });
});
