/** One open page: which actors it knows, and what it is sent. */
import type { AnyActorRef } from 'xstate';
import { type EventPage, eventText } from '../web/event-stream.js';

export interface Viewer {
  /** It has not taken what it was sent: it gets nothing more for now. */
  readonly isBehind: boolean;
  /** There are actors that were not introduced to it yet. */
  readonly isMeeting: boolean;
  /** Starts over: all of these actors have to be introduced. */
  meet(actors: Iterable<AnyActorRef>): void;
  /** The next actor to introduce; undefined when it knows all. */
  next(): AnyActorRef | undefined;
  /**
   * Whether it knows this actor. True for all once the introductions are done, because new actors are reported
   * anyway.
   */
  knows(actor: AnyActorRef): boolean;
  introduced(actor: AnyActorRef): void;
  /** @param events each as JSON. */
  send(events: readonly string[]): void;
  /** Shows a sentence on the page. */
  notice(sentence: string): void;
}

export function createViewer(page: EventPage): Viewer {
  let unmet: AnyActorRef[] = [];
  /** Null when the introductions are done. */
  let met: Set<AnyActorRef> | null = null;

  return {
    get isBehind() {
      return page.isBehind;
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
    introduced: (actor) => void met?.add(actor),
    send(events) {
      if (page.isBehind) return;
      let { room } = page;
      const overflow = events.findIndex((event) => (room -= event.length) < 0);
      const fitting = overflow === -1 ? events : events.slice(0, overflow);
      if (fitting.length > 0) page.send(eventText(null, `[${fitting.join(',')}]`));
      // The rest does not fit: with it the page falls behind.
      if (fitting.length < events.length) page.send(eventText(null, `[${events.slice(overflow).join(',')}]`));
    },
    notice(sentence) {
      page.send(eventText('notice', JSON.stringify(sentence)));
    },
  };
}
