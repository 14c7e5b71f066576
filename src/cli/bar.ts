import type { Output } from './context';

const WIDTH = 24;
/** ECMA-48: the cursor to the first column, and what is right of it erased. */
const LINE_START = '\r\x1b[K';
/** Redrawn at most this often. */
const REDRAW_MS = 100;

/** One line of a terminal that shows how much of something is done. */
export class TerminalBar {
  private line = '';
  private drawn = '';
  private drawnAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly output: Output,
    private readonly now: () => number,
  ) {}

  /** `share` is 0 to 1. */
  show(label: string, share: number, text: string): void {
    const full = Math.round(Math.min(Math.max(share, 0), 1) * WIDTH);
    const line = `${label} ${'█'.repeat(full)}${'░'.repeat(WIDTH - full)} ${text}`;
    // A line that wraps could not be written over.
    this.line = line.slice(0, this.output.columns);
    if (this.now() - this.drawnAt >= REDRAW_MS) this.draw();
  }

  /** The last state stays, on a line of its own; may be called twice. */
  stop(): void {
    if (this.line === '') return;
    this.draw();
    this.output.write('\n');
    this.line = '';
    this.drawn = '';
  }

  private draw(): void {
    if (this.line === this.drawn) return;
    this.output.write(`${LINE_START}${this.line}`);
    this.drawn = this.line;
    this.drawnAt = this.now();
  }
}
