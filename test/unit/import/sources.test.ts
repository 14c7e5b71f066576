import { gzipSync } from 'node:zlib';
import { toFilm } from '../../../src/import/film-row';
import type { Row } from '../../../src/import/row';
import { openSources } from '../../../src/import/sources';
import { jsonl, writeTemporary } from './helpers';

async function read(...files: string[]): Promise<{ rows: Row[]; problems: object[]; faults: object[] }> {
  const sources = await openSources(files);
  const rows: Row[] = [];
  for await (const row of sources.rows()) rows.push(row);
  return { rows, problems: sources.problems, faults: sources.faults };
}

const lines = (rows: Row[]) => rows.map((row) => ('reason' in row ? `${row.line}: ${row.reason}` : row.line));

const firstFields = (rows: Row[]) => rows.flatMap((row) => ('fields' in row ? [row.fields] : []))[0] ?? {};

/** A field of CSV as a spreadsheet writes it. */
const q = (text: string) => `"${text.replaceAll('"', '""')}"`;

describe('JSONL', () => {
  test('rows have their lines; what is no object has a reason; blank lines and a byte order mark do not matter', async () => {
    const file = writeTemporary('a.jsonl', '\uFEFF{"tmdb_id":1}\r\n\r\n{"tmdb_id":\n[1]\n"x"\n{"tmdb_id":2}');
    const { rows } = await read(file);
    expect(lines(rows)).toEqual([
      1,
      expect.stringMatching(/^3: not JSON: /),
      expect.stringMatching(/^4: not a JSON object/),
      expect.stringMatching(/^5: not a JSON object/),
      6,
    ]);
  });

  test('gzip is recognised by its content', async () => {
    const file = writeTemporary('films', gzipSync(jsonl({ tmdb_id: 1 }, { tmdb_id: 2 })));
    expect(lines((await read(file)).rows)).toEqual([1, 2]);
  });

  test('a line that is not UTF-8 is named, packed too, and the others are read', async () => {
    const content = Buffer.concat([
      Buffer.from('{"tmdb_id":1}\r{"tmdb_id":2,"title":"Am'),
      Buffer.from([0xe9]),
      Buffer.from('lie"}\n{"tmdb_id":3,"title":"Amélie \u2028"}'),
    ]);
    for (const bytes of [content, gzipSync(content)]) {
      const { rows } = await read(writeTemporary('latin.jsonl', bytes));
      expect(lines(rows)).toEqual([1, expect.stringMatching(/^2: not UTF-8/), 3]);
    }
  });

  test('a truncated gzip file is an error, not a short list', async () => {
    const whole = gzipSync(
      jsonl(...Array.from({ length: 5_000 }, (_, i) => ({ tmdb_id: i + 1, title: `${i * 7919}` }))),
    );
    const file = writeTemporary('films.gz', whole.subarray(0, whole.length - 2_000));
    await expect(read(file)).rejects.toThrow(/unexpected end of file/);
  });
});

describe('TMDB 5000', () => {
  const movies = writeTemporary(
    'tmdb_5000_movies.csv',
    [
      'budget,genres,homepage,id,keywords,original_language,original_title,overview,popularity,production_companies,production_countries,release_date,revenue,runtime,spoken_languages,status,tagline,title,vote_average,vote_count',
      `1,${q('[{"id": 18, "name": "Drama"}, {"id": 10749, "name": "Romance"}]')},,597,${q('[{"id": 2580, "name": "shipwreck"}]')},en,Titanic,${q('A ship\nsinks, "slowly".')},100.02,[],${q('[{"iso_3166_1": "US", "name": "United States of America"}]')},1997-11-18,1,194.0,[],Released,,Titanic,7.5,7562`,
      '1,[],,2',
      `1,${q('[{"id":')},,3,[],en,X,,1,[],[],2000-01-01,1,90,[],Released,,X,5,1`,
    ].join('\n'),
  );
  const credits = writeTemporary(
    'tmdb_5000_credits.csv',
    [
      'movie_id,title,cast,crew',
      `597,Titanic,${q('[{"name": "Leonardo DiCaprio", "order": 1}, {"name": "Kate Winslet", "order": 0}]')},${q('[{"job": "Director", "name": "James Cameron"}, {"job": "Editor", "name": "Conrad Buff"}]')}`,
      'x,Y,[],[]',
    ].join('\n'),
  );

  test('films, with their credits from the other file in either order', async () => {
    for (const files of [
      [movies, credits],
      [credits, movies],
    ]) {
      const { rows, problems } = await read(...files);
      expect(toFilm(firstFields(rows))).toEqual({
        faults: [],
        film: {
          tmdb_id: 597,
          title: 'Titanic',
          original_title: 'Titanic',
          alternative_titles: [],
          release_date: '1997-11-18',
          year: 1997,
          overview: 'A ship\nsinks, "slowly".',
          genres: ['Drama', 'Romance'],
          directors: ['James Cameron'],
          cast: ['Kate Winslet', 'Leonardo DiCaprio'],
          keywords: ['shipwreck'],
          countries: ['US'],
          runtime: 194,
          vote_average: 7.5,
          vote_count: 7562,
          popularity: 100.02,
          original_language: 'en',
        },
      });
      expect(problems).toEqual([{ file: credits, line: 3, reason: 'id: "x" is not a whole number' }]);
    }
  });

  test('bad rows have their line, behind a row of two lines', async () => {
    const { rows } = await read(movies);
    expect(lines(rows).sort()).toEqual([2, '4: has 4 columns, its header has 20', 5].sort());
    expect(rows.at(-1)).toMatchObject({
      fields: { tmdb_id: 3, title: 'X' },
      faults: [expect.stringMatching(/^genres: /)],
    });
  });
});

describe('CSV', () => {
  const header = 'id,title,overview,genres,vote_average,vote_count';

  test('a row that is not UTF-8 is named with its column, with a byte order mark and packed too', async () => {
    const latin = Buffer.from(`${header}\n1,Amélie,x,[],7,1\n`, 'latin1');
    const rest = Buffer.from('2,Amélie,x,[],7,1\n');
    for (const bytes of [
      [latin, rest],
      [Buffer.from('﻿'), latin, rest],
    ].map((parts) => Buffer.concat(parts))) {
      for (const file of [bytes, gzipSync(bytes)]) {
        const { rows } = await read(writeTemporary('latin.csv', file));
        expect(lines(rows)).toEqual([expect.stringMatching(/^2: title is not UTF-8/), 3]);
      }
    }
  });

  test('UTF-16 with its mark is read', async () => {
    const { rows } = await read(writeTemporary('wide.csv', Buffer.from(`﻿${header}\n1,Amélie,x,[],7,1\n`, 'utf16le')));
    expect(firstFields(rows)).toMatchObject({ tmdb_id: 1, title: 'Amélie' });
  });

  test('an id may be written as a floating-point number, and a nameless genre is for the report', async () => {
    const { rows } = await read(
      writeTemporary('float.csv', `${header}\n862.0,Toy Story,x,"[{'name': None}, {'name': 'Family'}]",0,0\n`),
    );
    expect(toFilm(firstFields(rows))).toEqual({
      film: expect.objectContaining({ tmdb_id: 862, genres: ['Family'], vote_count: 0 }),
      faults: ['genres.0 is missing'],
    });
  });

  test('a companion that cannot be read whole is named', async () => {
    const films = writeTemporary('films.csv', `${header}\n1,Up,x,[],7,1\n`);
    const keywords = writeTemporary('keywords.csv', 'id,keywords\n1,house\n');
    const { rows, problems, faults } = await read(films, keywords);
    expect(lines(rows)).toEqual([2]);
    expect(problems).toEqual([]);
    expect(faults).toEqual([{ file: keywords, line: 2, reason: expect.stringMatching(/^keywords: expected a value/) }]);
  });
});

test('The Movies Dataset: Python literals, keywords and credits by id', async () => {
  const movies = writeTemporary(
    'movies_metadata.csv',
    [
      'adult,belongs_to_collection,budget,genres,homepage,id,imdb_id,original_language,original_title,overview,popularity,poster_path,production_companies,production_countries,release_date,revenue,runtime,spoken_languages,status,tagline,title,video,vote_average,vote_count',
      `False,"{'id': 10194, 'name': 'Toy Story Collection', 'poster_path': '/p.jpg'}",1,"[{'id': 16, 'name': 'Animation'}]",,862,tt0114709,en,Toy Story,"Led by Woody, Andy's toys live happily.",21.9,/r.jpg,[],"[{'iso_3166_1': 'US', 'name': 'x'}]",1995-10-30,1,81.0,[],Released,,Toy Story,False,7.7,5415.0`,
    ].join('\n'),
  );
  const keywords = writeTemporary(
    'keywords.csv',
    `id,keywords\n862,"[{'id': 931, 'name': 'jealousy'}, {'id': 1, 'name': ""boy's toy""}]"\n`,
  );
  const credits = writeTemporary(
    'credits.csv',
    `cast,crew,id\n"[{'name': 'Tom Hanks', 'order': 0}]","[{'job': 'Director', 'name': 'John Lasseter'}]",862\n`,
  );
  const { rows, problems } = await read(movies, keywords, credits);
  expect(problems).toEqual([]);
  expect(toFilm(firstFields(rows))).toMatchObject({
    film: {
      tmdb_id: 862,
      imdb_id: 'tt0114709',
      collection: 'Toy Story Collection',
      genres: ['Animation'],
      keywords: ['jealousy', "boy's toy"],
      directors: ['John Lasseter'],
      cast: ['Tom Hanks'],
      vote_count: 5415,
      poster_path: '/r.jpg',
    },
  });
});

describe('what is not a source', () => {
  test('an unknown format is named', async () => {
    const file = writeTemporary('x.csv', 'a,b\n1,2\n');
    await expect(openSources([file])).rejects.toThrow(`${file} is neither JSONL`);
    await expect(openSources([writeTemporary('empty', '')])).rejects.toThrow(/is neither JSONL/);
  });

  test('companions alone are no films', async () => {
    await expect(openSources([writeTemporary('k.csv', 'id,keywords\n1,[]\n')])).rejects.toThrow(
      /only credits or keywords/,
    );
  });

  test('a missing file is an error', async () => {
    await expect(openSources(['/nowhere/films.jsonl'])).rejects.toThrow(/ENOENT/);
  });
});
