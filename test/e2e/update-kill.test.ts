import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killRounds } from './kill-rounds';

/** `KILLS` asks for another number, and for the report: a long run has 200. */
const KILLS = Number(process.env.KILLS ?? 50);
/** Servers that are killed side by side, each with a catalogue of its own: most of a round is waiting. */
const SERVERS = 2;
/** Generous: a kill takes some two seconds. */
const ROUND_MS = 30_000;

describe('a server that is killed during updates', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'cinematch-kill-'));

  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

  it(
    `loses nothing that it reported, and goes on (${KILLS} kills)`,
    async () => {
      const share = (index: number) => Math.floor((KILLS + index) / SERVERS);
      const reports = await Promise.all(
        Array.from({ length: SERVERS }, (_, index) => killRounds(join(dataDir, String(index)), share(index))),
      );
      if (process.env.KILLS) console.log(reports);
      const total = reports.reduce((sum, { kills }) => sum + kills, 0);
      expect(total).toBeGreaterThanOrEqual(KILLS);
    },
    (KILLS + 4) * ROUND_MS,
  );
});
