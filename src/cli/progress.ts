import { TerminalBar } from './bar';
import type { Output } from './context';

/** Without a terminal a line is written at most this often. */
const LINE_INTERVAL_MS = 5_000;

/** Units a second, 0 where it cannot be told, and seconds left. */
interface Speed {
  rate: number;
  left: number | undefined;
}

/** Shows how far something is: a bar on a terminal, now and then a line elsewhere. */
export interface ProgressDisplay {
  /** `speed` is measured from update to update, except where the work knows better: of what was done before it began, say. */
  update(done: number, total: number, note?: string, speed?: Speed): void;
  /** What is being done, where it cannot be told how far it is. */
  say(text: string): void;
  /** The last state stays visible. May be called twice. */
  stop(): void;
}

export interface ProgressLook {
  label: string;
  /** What is counted, or `bytes`. */
  unit: string;
  /** Nothing at all, for programs. */
  silent?: boolean;
}

export function createProgress(
  output: Output,
  look: ProgressLook,
  now: () => number = () => performance.now(),
): ProgressDisplay {
  if (look.silent) return { update: () => {}, say: () => {}, stop: () => {} };
  return output.isTTY ? new Bar(output, look, now) : new Lines(output, look, now);
}

/** Units a second since the first update, and seconds left at that rate. */
class Pace {
  private first: { at: number; done: number } | undefined;

  constructor(private readonly now: () => number) {}

  at(done: number, total: number): Speed {
    this.first ??= { at: this.now(), done };
    const seconds = (this.now() - this.first.at) / 1_000;
    const rate = seconds > 0 ? (done - this.first.done) / seconds : 0;
    return { rate, left: rate > 0 ? (total - done) / rate : undefined };
  }
}

class Bar implements ProgressDisplay {
  private readonly pace: Pace;
  private readonly bar: TerminalBar;

  constructor(
    output: Output,
    private readonly look: ProgressLook,
    now: () => number,
  ) {
    this.pace = new Pace(now);
    this.bar = new TerminalBar(output, now);
  }

  update(done: number, total: number, note = '', speed = this.pace.at(done, total)): void {
    const share = total > 0 ? done / total : 1;
    this.bar.show(this.look.label, share, stateText(this.look, speed, done, total, note));
  }

  say(text: string): void {
    this.bar.show(this.look.label, 0, text);
  }

  stop(): void {
    this.bar.stop();
  }
}

class Lines implements ProgressDisplay {
  private readonly pace: Pace;
  private lastAt = Number.NEGATIVE_INFINITY;
  private written = '';
  private pending = '';

  constructor(
    private readonly output: Output,
    private readonly look: ProgressLook,
    private readonly now: () => number,
  ) {
    this.pace = new Pace(now);
  }

  update(done: number, total: number, note = '', speed = this.pace.at(done, total)): void {
    this.say(stateText(this.look, speed, done, total, note));
  }

  say(text: string): void {
    this.pending = `${this.look.label}: ${text}\n`;
    if (this.now() - this.lastAt < LINE_INTERVAL_MS) return;
    this.flush();
  }

  stop(): void {
    this.flush();
  }

  private flush(): void {
    if (this.pending === this.written) return;
    this.output.write(this.pending);
    this.written = this.pending;
    this.lastAt = this.now();
  }
}

function stateText(look: ProgressLook, { rate, left }: Speed, done: number, total: number, note: string): string {
  const parts = [`${amount(done, look)} of ${amount(total, look)} ${look.unit === 'bytes' ? 'MB' : look.unit}`];
  if (rate > 0) parts.push(look.unit === 'bytes' ? `${(rate / 1e6).toFixed(1)} MB/s` : `${rateText(rate)}/s`);
  if (left !== undefined && done < total) parts.push(`${durationText(left)} left`);
  if (note) parts.push(note);
  return parts.join(', ');
}

function amount(count: number, { unit }: ProgressLook): string {
  return unit === 'bytes' ? (count / 1e6).toFixed(1) : count.toLocaleString('en');
}

function rateText(rate: number): string {
  return rate < 10 ? rate.toFixed(1) : Math.round(rate).toLocaleString('en');
}

/** `42 s`, `3 min 20 s`, `2 h 5 min`. */
export function durationText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3_600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3_600)} h ${Math.floor((whole % 3_600) / 60)} min`;
}
