import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const manifest = JSON.parse(readFileSync(join(__dirname, '..', 'package.json'), 'utf8')) as { version: string };

/** Version of this program. */
export const VERSION = manifest.version;

/** TMDB asks everyone who shows its data to say this. */
export const ATTRIBUTION = 'This product uses the TMDB API but is not endorsed or certified by TMDB.';
