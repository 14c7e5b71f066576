// Stores the bundled films over and over, in batches, and prints the ids of each batch once it is reported as stored.
// Arguments: the engine's options as JSON, the films' file, which process of several this is: each begins at another batch, so that early kills do not
// only meet the first.
const { readFileSync, writeSync } = require('node:fs');
const { openEmbeddedStores } = require('../../dist/store/embedded-store');
const { toFilm } = require('../../dist/import/film-row');

const [options, file, number] = process.argv.slice(2);
const BATCH = 20;
const films = readFileSync(file, 'utf8')
  .split('\n')
  .filter(Boolean)
  .flatMap((line) => toFilm(JSON.parse(line)).film ?? []);

async function main() {
  const { movies: store } = openEmbeddedStores(JSON.parse(options));
  writeSync(1, 'open\n');
  const first = (Number(number) * BATCH) % films.length;
  films.push(...films.splice(0, first));
  for (let round = 0; ; round++) {
    for (let from = 0; from < films.length; from += BATCH) {
      // Only the first words change from round to round, so every batch is embedded and written.
      const batch = films
        .slice(from, from + BATCH)
        .map((film) => ({ ...film, overview: `${process.pid} ${round} ${film.overview}` }));
      await store.upsert(batch);
      for (const { tmdb_id, overview } of batch) writeSync(1, `${JSON.stringify({ id: tmdb_id, overview })}\n`);
    }
  }
}

main();
