import { changedIds } from '../../../src/tmdb/changes';
import { addDays } from '../../../src/tmdb/dates';
import { generateFilms } from '../../tmdb-stub/generate-films';
import { clientOf, startStub } from '../updates/ingestion/harness';

describe('changedIds', () => {
  it('reads any span in windows of 14 days, every page, both ends included', async () => {
    const stub = await startStub(
      generateFilms(365, (_film, index) => ({ changed_on: addDays('2025-01-01', index) })).concat(
        generateFilms(150).map((film) => ({ ...film, tmdb_id: film.tmdb_id + 1_000, changed_on: '2025-02-01' })),
      ),
    );
    const client = clientOf(stub);
    const changed = await changedIds(client, '2025-01-10', '2025-02-19');
    const days = Array.from({ length: 41 }, (_, index) => index + 10);
    const crowd = Array.from({ length: 150 }, (_, index) => index + 1_001);
    expect([...changed].sort((a, b) => a - b)).toEqual([...days, ...crowd]);
    expect(stub.log.every(({ status }) => status === 200)).toBe(true);
    const windows = stub.log
      .filter(({ query }) => query.page === '1')
      .map(({ query }) => [query.start_date, query.end_date]);
    expect(windows).toEqual([
      ['2025-01-10', '2025-01-23'],
      ['2025-01-24', '2025-02-06'],
      ['2025-02-07', '2025-02-19'],
    ]);
    await client.close();
    await stub.close();
  });
});
