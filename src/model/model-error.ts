/** A model or library that cannot be had, with a message that says what was tried and which commands help. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
}
