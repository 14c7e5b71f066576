/**
 * The rooms of `src/`, floor by floor from the ground: a folder, or a file beside them. A room imports from floors below its own
 * alone, so there is no circle of rooms; circles of files within a room are Biome's to find (`noImportCycles`).
 */
const FLOORS = [
  ['clean', 'compact', 'version'],
  ['store'],
  ['http'],
  ['auth', 'import', 'model', 'questions', 'tmdb'],
  ['health', 'movies', 'recommendations', 'search', 'updates/ingestion'],
  ['updates/worker'],
  ['updates/job'],
  ['updates'],
  ['app', 'config', 'server-file'],
  ['compose'],
  ['serve'],
  ['cli', 'index'],
];

/** What is wrong with an import of `to` in `from`, both files below `src/` with slashes; nothing where it leads down or stays in its room. */
function importProblem(from, to, floors = FLOORS) {
  const [above, below] = [from, to].map((file) => placeOf(file, floors));
  if (above === undefined) return `src/${from} is in no room of scripts/lib/rooms.js`;
  if (below === undefined) return `src/${to} is in no room of scripts/lib/rooms.js`;
  if (above.room === below.room || above.floor > below.floor) return undefined;
  const where = above.floor === below.floor ? 'beside it' : 'above it';
  return `src/${from} imports src/${to}: the room ${below.room} is ${where}, not below ${above.room}`;
}

/** The innermost room that holds the file. */
function placeOf(file, floors) {
  const name = file.replace(/\.ts$/, '');
  const rooms = floors.flatMap((names, floor) => names.map((room) => ({ room, floor })));
  return rooms
    .filter(({ room }) => name === room || name.startsWith(`${room}/`))
    .sort((a, b) => b.room.length - a.room.length)[0];
}

module.exports = { importProblem };
