/** An update, a schedule or their options make no sense, or bring nothing: what the service itself finds, and no store said. */
export class UpdateProblem extends Error {
  override readonly name = 'UpdateProblem';

  constructor(
    readonly code: 'invalid_argument' | 'unknown_value',
    message: string,
    /** Values that would have been right. */
    readonly known?: readonly string[],
  ) {
    super(message);
  }
}
