/** The reporter port: tells every event to everyone who listens, and lets no listener hurt another. */
import { fromCallback } from 'xstate';
import type { ReporterLogic } from '../../machines/ports.js';
import type { AgentEvent, TimedAgentEvent } from '../../protocol/events.js';
import type { MatchResult } from '../../protocol/results.js';
import { type Times, toWallTime } from '../../time/clock.js';
import { onFirstFailure } from './listener.js';

/** Called with each event. What it throws, or a promise it returns rejects with, is contained. */
export interface EventSubscriber {
  (event: TimedAgentEvent): unknown;
  /** The types of events that it is called with. Default: all. */
  readonly hears?: ReadonlySet<AgentEvent['type']>;
}

/** Options of `defineReporter`. */
export interface ReporterOptions {
  /** Epoch milliseconds that do not jump; the same source as the machines'. */
  now: () => number;
  /** Epoch milliseconds of the wall clock, for all that is told. Default: `now`. */
  wallNow?: () => number;
}

/** The result with its times on the wall clock as that is set now. */
export function onWallClock(result: MatchResult, times: Times): MatchResult {
  const { startedAt, endedAt } = result;
  return { ...result, startedAt: toWallTime(startedAt, times), endedAt: toWallTime(endedAt, times) };
}

/**
 * A function that tells an event, stamped with the time of the wall clock, to all subscribers of that moment: a set may change while
 * events flow. The first failure of a subscriber is told to the others as a `config.warning`, later ones are not.
 */
export function fanOut(
  subscribers: Iterable<EventSubscriber>,
  { now, wallNow = now }: ReporterOptions,
): (event: AgentEvent) => void {
  const times: Times = { now, wallNow };
  const call = onFirstFailure<TimedAgentEvent>((subscriber, why) =>
    tell({ type: 'config.warning', message: `A listener of the agent's events failed: ${why}` }, subscriber),
  );

  function tell(event: AgentEvent, silent?: EventSubscriber): void {
    // Made when somebody hears it: two of a turn's events are told of every turn.
    let timed: TimedAgentEvent | null = null;
    for (const subscriber of Array.from(subscribers)) {
      if (subscriber === silent || subscriber.hears?.has(event.type) === false) continue;
      timed ??= { ...shown(event), at: wallNow() };
      call(subscriber, timed);
    }
  }

  const shown = (event: AgentEvent): AgentEvent =>
    event.type === 'match.ended' ? { ...event, result: onWallClock(event.result, times) } : event;

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
