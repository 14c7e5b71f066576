const LF = 0x0a;
const CR = 0x0d;

/** The lines of a text, as bytes with what ends them: LF, CR LF or CR. */
export async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    let start = 0;
    for (let end = endOfLine(held, start); end > 0; end = endOfLine(held, start)) {
      yield held.subarray(start, end);
      start = end;
    }
    held = held.subarray(start);
  }
  if (held.length > 0) yield held;
}

/** Where the line that begins at `start` ends; 0 where that is not there yet: a CR at the end may be half of CR LF. */
function endOfLine(bytes: Buffer, start: number): number {
  for (let at = start; at < bytes.length; at++) {
    if (bytes[at] === LF) return at + 1;
    if (bytes[at] === CR && at + 1 < bytes.length) return bytes[at + 1] === LF ? at + 2 : at + 1;
  }
  return 0;
}
