// Opens, searches and ends in the way that the second argument names. Arguments: the engine's options as JSON, the way.
const { openEmbeddedStores } = require('../../dist/store/embedded-store');

const [options, way] = process.argv.slice(2);

async function main() {
  const { movies: store, close } = openEmbeddedStores(JSON.parse(options));
  const { hits } = await store.search({ text: 'a sinking ship', limit: 1 });
  if (hits.length !== 1) throw new Error('nothing was found');
  if (way === 'close') await close();
  if (way === 'exit') process.exit(0);
  if (way === 'exit-busy') {
    for (let i = 0; i < 200; i++) store.search({ text: `a sinking ship ${i}`, limit: 10 });
    store.upsert([{ tmdb_id: 9, title: 'Nine', overview: 'x', genres: [], directors: [], cast: [], keywords: [] }]);
    setTimeout(() => process.exit(0), 5);
  }
}

main();
