import { parseArgs } from 'node:util';
import { FAULT_NAMES, parseFault } from './faults';
import { TmdbStub } from './server';
import { readFilms } from './stub-film';

const USAGE = `A stub of TMDB, to try ingestion without a key.

  npm run tmdb-stub -- --films FILE [--port 4010] [--key KEY] [--limit 40] [--fault NAME=RATE …]

  --films FILE   films, one JSON object a line, as "cinematch import" takes them
  --key KEY      lets in only this key; without it, any
  --limit N      requests a second before it answers 429; 0 for none
  --fault …      NAME=RATE, or NAME@1,2,3 for single requests (films, for the last three); ":N" behind
                 sets milliseconds of latency or seconds of Retry-After. May be repeated.
                 Names: ${FAULT_NAMES.join(', ')}

Then start CineMatch with TMDB_BASE_URL as printed and any TMDB_API_KEY. GET /__log tells every request.`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      films: { type: 'string' },
      port: { type: 'string', default: '4010' },
      key: { type: 'string' },
      limit: { type: 'string', default: '40' },
      fault: { type: 'string', multiple: true, default: [] },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help || values.films === undefined) return console.log(USAGE);
  const stub = await TmdbStub.start({
    films: readFilms(values.films),
    port: Number(values.port),
    limit: Number(values.limit),
    faults: values.fault.map(parseFault),
    ...(values.key !== undefined && { key: values.key }),
  });
  console.log(`${stub.catalogue.size} films. TMDB_BASE_URL=${stub.baseUrl}`);
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
