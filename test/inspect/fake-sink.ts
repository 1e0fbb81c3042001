import type { ViewerSink } from '../../src/inspect/viewer.js';

interface Told {
  type: string;
  sessionId: string;
  [key: string]: unknown;
}

export interface FakeSink extends ViewerSink {
  /** Events told since the last call. */
  told(): Told[];
  notices(): string[];
  /** All of it. */
  text(): string;
  isOpen(): boolean;
  /** From now on nothing is taken, until `drain`. */
  stall(): void;
  drain(): void;
  close(): void;
}

/** The response to a viewer whose page a test plays. */
export function fakeSink(): FakeSink {
  const listeners = new Map<string, (() => void)[]>();
  const emit = (event: string): void => listeners.get(event)?.forEach((listener) => listener());
  let written = '';
  let read = 0;
  let isStalled = false;
  let waiting = 0;
  let isOpen = true;

  const blocks = (text: string, prefix: string): string[] =>
    text
      .split('\n\n')
      .filter((block) => block.startsWith(prefix))
      .map((block) => block.slice(prefix.length));

  return {
    get writableLength() {
      return waiting;
    },
    get writableNeedDrain() {
      return waiting > 0;
    },
    write(text) {
      written += text;
      if (isStalled) waiting += text.length;
    },
    end(text, done) {
      written += text;
      if (!isStalled) done();
    },
    destroy() {
      isOpen = false;
      emit('close');
    },
    on: (event, listener) => listeners.set(event, [...(listeners.get(event) ?? []), listener]),
    told() {
      const fresh = written.slice(read);
      read = written.length;
      return blocks(fresh, 'data: ').flatMap((data) => JSON.parse(data) as Told[]);
    },
    notices: () => blocks(written, 'event: notice\ndata: ').map((data) => JSON.parse(data) as string),
    text: () => written,
    isOpen: () => isOpen,
    stall() {
      isStalled = true;
    },
    drain() {
      isStalled = false;
      waiting = 0;
      emit('drain');
    },
    close: () => emit('close'),
  };
}
