import { createParser, type EventSourceMessage } from 'eventsource-parser';

/** The events of a stream (WHATWG HTML, "Server-sent events"); ends with it, and rejects where the connection breaks. */
export async function* readEvents(stream: AsyncIterable<Uint8Array>): AsyncGenerator<EventSourceMessage> {
  const decoder = new TextDecoder();
  let events: EventSourceMessage[] = [];
  const parser = createParser({ onEvent: (event) => events.push(event) });
  for await (const chunk of stream) {
    parser.feed(decoder.decode(chunk, { stream: true }));
    yield* events;
    events = [];
  }
}
