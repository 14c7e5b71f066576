import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const schema = z.object({ pid: z.int(), url: z.url() });

/** Who serves a data directory; written by the server beside the catalogue for the commands of the same machine. */
export type ServerAddress = z.output<typeof schema>;

const fileOf = (dataDir: string) => path.join(dataDir, 'server.json');

export function writeServerFile(dataDir: string, address: ServerAddress): void {
  writeFileSync(fileOf(dataDir), `${JSON.stringify(address)}\n`);
}

/** The address of the server that holds the directory, as far as is known; a killed server leaves its own behind. */
export function readServerFile(dataDir: string): ServerAddress | undefined {
  try {
    return schema.parse(JSON.parse(readFileSync(fileOf(dataDir), 'utf8')));
  } catch {
    return undefined; // no server, or one that is just writing
  }
}

export function removeServerFile(dataDir: string): void {
  rmSync(fileOf(dataDir), { force: true });
}
