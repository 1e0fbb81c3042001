/** The reporter port: tells every event to everyone who listens, and lets no listener hurt another. */
import { fromCallback } from 'xstate';
import type { ReporterLogic } from '../machines/ports.js';
import type { AgentEvent, TimedAgentEvent } from '../protocol/events.js';
import { messageOf } from '../protocol/message-of.js';
import { printable } from '../protocol/redact.js';

const defaults = { maxErrorLength: 200 } as const;

/** Called with each event. What it throws, or a promise it returns rejects with, is contained. */
export interface EventSubscriber {
  (event: TimedAgentEvent): unknown;
  /** The types of events that it is called with. Default: all. */
  readonly hears?: ReadonlySet<AgentEvent['type']>;
}

/** Options of `defineReporter`. */
export interface ReporterOptions {
  /** Epoch milliseconds. */
  now: () => number;
}

/**
 * A function that tells an event, stamped with the time, to all subscribers of that moment: a set may change while
 * events flow. The first failure of a subscriber is told to the others as a `config.warning`, later ones are not.
 */
export function fanOut(
  subscribers: Iterable<EventSubscriber>,
  { now }: ReporterOptions,
): (event: AgentEvent) => void {
  const failed = new WeakSet<EventSubscriber>();

  function tell(event: AgentEvent, silent?: EventSubscriber): void {
    // Made when somebody hears it: two of a turn's events are told of every turn.
    let timed: TimedAgentEvent | null = null;
    for (const subscriber of Array.from(subscribers)) {
      if (subscriber === silent || subscriber.hears?.has(event.type) === false) continue;
      timed ??= { ...event, at: now() };
      call(subscriber, timed);
    }
  }

  function call(subscriber: EventSubscriber, event: TimedAgentEvent): void {
    try {
      const told = subscriber(event);
      // An async listener fails later, where nobody would catch it.
      if (told instanceof Promise) told.catch((error: unknown) => contain(subscriber, error));
    } catch (error) {
      contain(subscriber, error);
    }
  }

  function contain(subscriber: EventSubscriber, error: unknown): void {
    if (failed.has(subscriber)) return;
    failed.add(subscriber);
    const why = printable(messageOf(error), defaults.maxErrorLength);
    tell({ type: 'config.warning', message: `A listener of the agent's events failed: ${why}` }, subscriber);
  }

  return (event) => tell(event);
}

/** The `reporter` port of both machines. */
export function defineReporter(
  subscribers: Iterable<EventSubscriber>,
  options: ReporterOptions,
): ReporterLogic {
  return fromCallback<AgentEvent, undefined>(({ receive }) => {
    receive(fanOut(subscribers, options));
  });
}
