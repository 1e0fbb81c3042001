/** One open page: it is told as fast as it takes it, and nothing is kept for it beyond a limit. */
import type { AnyActorRef } from 'xstate';
import type { Clock } from '../time/clock.js';

export interface ViewerLimits {
  /** Bytes that wait for a viewer; one that is further behind is told nothing until it has taken them. */
  maxWaiting: number;
  /** A viewer that is behind for so long is dropped, in milliseconds. */
  maxBehindMs: number;
}

/** What is used of a `ServerResponse`. */
export interface ViewerSink {
  /** Bytes that the other side has not taken yet. */
  readonly writableLength: number;
  readonly writableNeedDrain: boolean;
  write(text: string): unknown;
  /** `done` is called when all was handed to the system. */
  end(text: string, done: () => void): unknown;
  destroy(): unknown;
  on(event: 'close' | 'drain' | 'error', listener: () => void): unknown;
}

export interface Viewer {
  /** It has not taken what it was told: for now nothing more is told to it. */
  readonly isBehind: boolean;
  /** There are actors that it was not told of yet. */
  readonly isMeeting: boolean;
  /** Begins anew: it is to meet all of these. */
  meet(actors: Iterable<AnyActorRef>): void;
  /** The next actor to tell it of; undefined when it has met all. */
  next(): AnyActorRef | undefined;
  /** Whether it was told of this actor; true for all once it has met everybody, as others announce themselves. */
  knows(actor: AnyActorRef): boolean;
  learn(actor: AnyActorRef): void;
  /** @param events each as JSON. */
  tell(events: readonly string[]): void;
  /** Shows a sentence on the page. */
  notice(sentence: string): void;
  end(): Promise<void>;
}

export interface ViewerHooks {
  clock: Clock;
  /** It went behind, or has taken everything again. */
  onChange: () => void;
  onClose: () => void;
}

export function createViewer(sink: ViewerSink, limits: ViewerLimits, hooks: ViewerHooks): Viewer {
  const { clock, onChange, onClose } = hooks;
  let unmet: AnyActorRef[] = [];
  /** Null once it has met everybody. */
  let met: Set<AnyActorRef> | null = null;
  let behind: unknown = null;

  function fallBehind(): void {
    behind = clock.setTimeout(() => sink.destroy(), limits.maxBehindMs);
    onChange();
  }

  function catchUp(): void {
    clock.clearTimeout(behind);
    behind = null;
  }

  sink.on('drain', () => {
    if (behind === null) return;
    catchUp();
    onChange();
  });
  sink.on('error', () => sink.destroy());
  sink.on('close', () => {
    catchUp();
    onClose();
  });

  return {
    get isBehind() {
      return behind !== null;
    },
    get isMeeting() {
      return unmet.length > 0;
    },
    meet(actors) {
      unmet = [...actors].toReversed();
      met = unmet.length === 0 ? null : new Set();
    },
    next() {
      let actor = unmet.pop();
      while (actor !== undefined && met?.has(actor) === true) actor = unmet.pop();
      if (actor !== undefined) met?.add(actor);
      if (unmet.length === 0) met = null;
      return actor;
    },
    knows: (actor) => met === null || met.has(actor),
    learn: (actor) => void met?.add(actor),
    tell(events) {
      if (behind !== null || events.length === 0) return;
      const fitting: string[] = [];
      let waiting = sink.writableLength;
      for (const event of events) {
        waiting += event.length;
        if (waiting > limits.maxWaiting) break;
        fitting.push(event);
      }
      if (fitting.length > 0) sink.write(`data: [${fitting.join(',')}]\n\n`);
      // Without a wait for a drain there would be no end of it.
      if (fitting.length < events.length && sink.writableNeedDrain) fallBehind();
    },
    notice(sentence) {
      if (behind === null) sink.write(`event: notice\ndata: ${JSON.stringify(sentence)}\n\n`);
    },
    end: () =>
      new Promise((resolve) => {
        sink.on('close', resolve);
        sink.end('event: bye\ndata: {}\n\n', resolve);
      }),
  };
}
