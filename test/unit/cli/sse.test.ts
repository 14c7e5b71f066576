import type { EventSourceMessage } from 'eventsource-parser';
import { readEvents } from '../../../src/cli/sse';

async function parse(...chunks: (string | Uint8Array)[]): Promise<EventSourceMessage[]> {
  async function* stream() {
    for (const chunk of chunks) yield typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk;
  }
  const events: EventSourceMessage[] = [];
  for await (const event of readEvents(stream())) events.push(event);
  return events;
}

test('events with their ids, names and data; comments and retry times are none', async () => {
  const text = 'retry: 2000\n\nid: 1\nevent: progress\ndata: {"a":1}\n\n: still there\n\ndata: one\ndata: two\n\n';
  expect(await parse(text)).toEqual([
    { id: '1', event: 'progress', data: '{"a":1}' },
    { id: undefined, event: undefined, data: 'one\ntwo' },
  ]);
});

test('however the bytes arrive', async () => {
  const bytes = new TextEncoder().encode('id: 7\r\ndata: é😀\r\n\r\nid: 8\r\ndata: x\r\n\r\n');
  const single = Array.from(bytes, (byte) => Uint8Array.of(byte));
  expect((await parse(...single)).map(({ id, data }) => [id, data])).toEqual([
    ['7', 'é😀'],
    ['8', 'x'],
  ]);
});

test('an event without its end is none', async () => {
  expect(await parse('id: 1\ndata: x\n')).toEqual([]);
});
