import type { RecordStore } from '../../src/store/record-store';
import type { Stores } from '../../src/store/stores';

/** What every RecordStore does. `open` gives an empty store; it is closed after each test. */
export function recordStoreContract(open: () => Promise<Pick<Stores, 'records' | 'close'>>): void {
  let records: RecordStore;
  let close: () => Promise<void>;
  beforeEach(async () => {
    ({ records, close } = await open());
  });
  afterEach(() => close());

  test('records are kept apart by collection, in order, as copies', async () => {
    const value = { n: 1, deep: ['ü', null] };
    await records.put('jobs', 'b', value);
    await records.put('jobs', 'a', 2);
    await records.put('keys', 'a', 3);
    value.n = 9;
    const listed = await records.list('jobs');
    expect(listed.map((record) => [record.key, record.value])).toEqual([
      ['a', 2],
      ['b', { n: 1, deep: ['ü', null] }],
    ]);
    expect(Date.parse(listed[0]?.updated_at ?? '')).not.toBeNaN();
    expect([await records.delete('jobs', 'a'), await records.delete('jobs', 'a')]).toEqual([true, false]);
    expect(await records.get('jobs', 'a')).toBeUndefined();
  });
}
