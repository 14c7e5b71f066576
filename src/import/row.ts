/** Where a row of a file begins. */
export interface Place {
  file: string;
  /** From 1. */
  line: number;
}

/** A row as it was read: its fields, or why it could not be read. */
export type Row = Place & ({ fields: Record<string, unknown> } | { reason: string });

/** A row that could not be taken, for the report. */
export interface RowProblem extends Place {
  reason: string;
}
