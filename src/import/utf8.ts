import { isUtf8 } from 'node:buffer';

const BYTE_ORDER_MARK = Buffer.from('\uFEFF');

export const NOT_UTF8 = 'not UTF-8; save the file in that encoding';

/** The text of the bytes, or nothing where they are not UTF-8. */
export function decodeUtf8(bytes: Buffer): string | undefined {
  return isUtf8(bytes) ? bytes.toString('utf8') : undefined;
}

/** The bytes without the mark of UTF-8 at their beginning. */
export async function* withoutByteOrderMark(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let begun = false;
  let held: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    held = begun ? chunk : Buffer.concat([held, chunk]);
    if (!begun && held.length < BYTE_ORDER_MARK.length) continue;
    yield begun ? held : unmarked(held);
    begun = true;
  }
  if (!begun && held.length > 0) yield held;
}

function unmarked(bytes: Buffer): Buffer {
  return bytes.indexOf(BYTE_ORDER_MARK) === 0 ? bytes.subarray(BYTE_ORDER_MARK.length) : bytes;
}
