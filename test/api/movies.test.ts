import { testApp } from '../fixtures/app';
import { MOVIES } from '../fixtures/movies';

interface Page {
  movies: { tmdb_id: number }[];
}

const ids = ({ movies }: Page) => movies.map(({ tmdb_id }) => tmdb_id);

describe('GET /movies/{id}', () => {
  test('answers the whole film', async () => {
    const { api } = testApp();
    const { body } = await api.get('/movies/603').expect(200);
    expect(body).toEqual(MOVIES.find(({ tmdb_id }) => tmdb_id === 603));
  });

  test('is 404 for an id that no film has', async () => {
    const { api } = testApp();
    const { body } = await api.get('/movies/999').expect(404);
    expect(body).toMatchObject({ code: 'film_not_found', detail: expect.stringContaining('999') });
  });
});

describe('GET /movies/suggest', () => {
  test('answers films whose title begins so', async () => {
    const { api } = testApp();
    await api
      .get('/movies/suggest')
      .query({ q: 'the mat' })
      .expect(200, [
        { movie_id: 603, title: 'The Matrix', year: 1999 },
        { movie_id: 604, title: 'The Matrix Reloaded', year: 2003 },
      ]);
  });

  test('passes the text and the number on', async () => {
    const { api, store } = testApp();
    const suggest = jest.spyOn(store, 'suggest');
    await api.get('/movies/suggest?q=%20he%20&k=1').expect(200);
    await api.get('/movies/suggest?q=zzz').expect(200, []);
    expect(suggest.mock.calls).toEqual([
      ['he', 1],
      ['zzz', 10],
    ]);
  });
});

describe('GET /movies', () => {
  test('answers the first ten by popularity', async () => {
    const { api, store } = testApp();
    const list = jest.spyOn(store, 'list');
    const { body } = await api.get('/movies').expect(200);
    expect(Object.keys(body)).toEqual(['movies', 'total', 'k', 'offset']);
    expect(body).toMatchObject({ total: MOVIES.length, k: 10, offset: 0 });
    expect(ids(body).slice(0, 2)).toEqual([27205, 597]);
    expect(list.mock.calls).toEqual([[{ sort: 'popularity', descending: true, limit: 10, offset: 0 }]]);
  });

  test.each([
    ['popularity', true],
    ['rating', true],
    ['votes', true],
    ['year', true],
    ['title', false],
    ['id', false],
  ])('sort=%s is descending by default: %s', async (sort, descending) => {
    const { api, store } = testApp();
    const list = jest.spyOn(store, 'list');
    await api.get('/movies').query({ sort }).expect(200);
    await api.get('/movies').query({ sort, order: 'asc' }).expect(200);
    await api.get('/movies').query({ sort, order: 'desc' }).expect(200);
    expect(list.mock.calls.map(([request]) => [request.sort, request.descending])).toEqual([
      [sort, descending],
      [sort, false],
      [sort, true],
    ]);
  });

  test('pages with the total', async () => {
    const { api } = testApp();
    const all = await api.get('/movies?sort=id').expect(200);
    const page = await api.get('/movies?sort=id&k=3&offset=4').expect(200);
    expect(page.body).toMatchObject({ total: MOVIES.length, k: 3, offset: 4 });
    expect(ids(page.body)).toEqual(ids(all.body).slice(4, 7));
    await api.get('/movies?offset=100000').expect(200, { movies: [], total: MOVIES.length, k: 10, offset: 100_000 });
  });

  test('filters, with facets on request', async () => {
    const { api } = testApp();
    const { body } = await api.get('/movies?sort=id&languages=fr&year_min=2000&include=facets').expect(200);
    expect(ids(body)).toEqual([194, 300]);
    expect(body.facets.genres).toEqual([
      { value: 'Romance', count: 2 },
      { value: 'Comedy', count: 1 },
    ]);
  });

  test.each([
    ['genres=Drama,Romance', [194, 300, 597, 949]],
    ['genres=Drama&genres=Romance', [194, 300, 597, 949]],
    ['genres_all=Drama,Romance', [597]],
    ['genres=Crime&genres_none=Drama', [28466]],
    ['runtime_max=122', [194, 28466]],
    ['directors=michael%20mann', [949]],
  ])('%s', async (query, expected) => {
    const { api } = testApp();
    const { body } = await api.get(`/movies?sort=id&${query}`).expect(200);
    expect(ids(body)).toEqual(expected);
  });
});
