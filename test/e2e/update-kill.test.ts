import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killRounds } from './kill-rounds';

/** `KILLS` asks for another number: a long run has 200. */
const KILLS = Number(process.env.KILLS ?? 5);
/** Generous: a kill takes some two seconds. */
const ROUND_MS = 30_000;

describe('a server that is killed during updates', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'cinematch-kill-'));

  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

  it(
    `loses nothing that it reported, and goes on (${KILLS} kills)`,
    async () => {
      const report = await killRounds(dataDir, (kills) => kills < KILLS);
      if (process.env.KILLS) console.log(report);
      expect(report.kills).toBe(KILLS);
      expect(report.updates).toBeGreaterThan(0);
    },
    (KILLS + 4) * ROUND_MS,
  );
});
