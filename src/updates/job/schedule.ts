import { Cron } from 'croner';
import type { UpdateOptions } from '../ingestion/options';
import { UpdateProblem } from '../ingestion/update-problem';

/** When updates run by themselves. */
export interface ScheduleSettings {
  /** Five fields (minute, hour, day of month, month, day of week), in the time zone of the process unless one is given. */
  cron: string;
  timezone?: string;
  /** Of every update; the defaults where absent. */
  options?: UpdateOptions;
}

/** What is wrong with a cron expression, or nothing. */
export function cronProblem(cron: string, timezone?: string): string | undefined {
  try {
    const job = new Cron(cron, { paused: true, ...(timezone !== undefined && { timezone }) }, () => {});
    const next = job.nextRun();
    job.stop();
    return next === null ? `The schedule "${cron}" never comes true.` : undefined;
  } catch (error) {
    return `The schedule "${cron}" is not a cron expression such as "0 4 * * *": ${(error as Error).message}`;
  }
}

/** Calls for an update whenever the expression says so. */
export class Schedule {
  private job: Cron | undefined;

  /** @throws UpdateProblem `invalid_argument` where the expression cannot be read. */
  constructor(
    private readonly settings: ScheduleSettings,
    private readonly due: (options: UpdateOptions) => void,
  ) {
    const problem = cronProblem(settings.cron, settings.timezone);
    if (problem !== undefined) throw new UpdateProblem('invalid_argument', problem);
  }

  start(): void {
    const { cron, timezone, options = {} } = this.settings;
    this.job = new Cron(cron, { ...(timezone !== undefined && { timezone }) }, () => this.due(options));
  }

  stop(): void {
    this.job?.stop();
  }
}
