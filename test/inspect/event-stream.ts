/** A viewer without a browser: what the bridge sends, byte by byte. */
import type { StatelyInspectionEvent } from '@statelyai/inspect';

export interface EventStream {
  status: number;
  /** All events until the bridge says goodbye, or closes. */
  rest(): Promise<StatelyInspectionEvent[]>;
  /** Reads on until an event fits. */
  until(fits: (event: StatelyInspectionEvent) => boolean): Promise<StatelyInspectionEvent>;
  /** Everything that came so far. */
  text(): string;
  leave(): Promise<void>;
}

export async function openEventStream(bridgeUrl: string): Promise<EventStream> {
  const response = await fetch(`${bridgeUrl}events`);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (reader === undefined) throw new Error('no body');
  const events: StatelyInspectionEvent[] = [];
  let text = '';
  let parsed = 0;
  let taken = 0;

  async function more(): Promise<boolean> {
    const { done, value } = await (reader as ReadableStreamDefaultReader<string>).read();
    if (done) return false;
    text += value;
    const end = text.lastIndexOf('\n\n') + 2;
    for (const block of end > parsed ? text.slice(parsed, end).split('\n\n') : []) {
      if (block.startsWith('data: '))
        events.push(...(JSON.parse(block.slice(6)) as StatelyInspectionEvent[]));
    }
    parsed = Math.max(parsed, end);
    return true;
  }

  return {
    status: response.status,
    async rest() {
      while (await more());
      const rest = events.slice(taken);
      taken = events.length;
      return rest;
    },
    async until(fits) {
      for (;;) {
        for (const event of events.slice(taken)) {
          taken += 1;
          if (fits(event)) return event;
        }
        if (!(await more())) throw new Error('The stream ended.');
      }
    },
    text: () => text,
    leave: () => reader.cancel(),
  };
}
