/** Where a row of a file begins. */
export interface Place {
  file: string;
  /** From 1. */
  line: number;
}

/** A row as it was read: its fields and what is wrong with those that could not be, or why none could. */
export type Row = Place & ({ fields: Record<string, unknown>; faults?: string[] } | { reason: string });

/** A row that could not be taken, or not whole, for the report. */
export interface RowProblem extends Place {
  reason: string;
}
