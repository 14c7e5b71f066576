import { StoreError } from '../../../../src/store/store-error';
import { toFilmFailure, toUpdateError } from '../../../../src/updates/ingestion/failure';
import { UpdateProblem } from '../../../../src/updates/ingestion/update-problem';

test('a record of an update names no path of the machine', () => {
  const error = new StoreError('storage_failed', 'opening /var/lib/cinematch/catalogue.sqlite failed');
  const kept = toUpdateError(error);
  expect(kept.code).toBe('storage_failed');
  expect(JSON.stringify(kept)).not.toContain('/var/lib');
});

test('a film that the store refuses is told with its field', () => {
  const error = new StoreError('invalid_argument', 'must not be blank (film 5)', 'title');
  expect(toFilmFailure(5, error)).toEqual({
    id: 5,
    code: 'invalid_argument',
    reason: 'title: must not be blank (film 5)',
  });
});

test('what the service itself refuses keeps its words', () => {
  const error = new UpdateProblem('unknown_value', 'TMDB has no genre "Westen"; known: Western.', ['Western']);
  expect(toUpdateError(error)).toMatchObject({ message: error.message, advice: 'Use one that is known.' });
});
