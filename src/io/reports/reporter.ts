/** The reporter port: reports every event to all subscribers, and lets none of them harm another. */

import { fromCallback } from 'xstate';
import type { ReporterLogic } from '../../machines/ports.js';
import type { AgentEvent, TimedAgentEvent } from '../../protocol/events.js';
import { refuseUnknown } from '../../protocol/known-names.js';
import type { MatchResult } from '../../protocol/results.js';
import { type Times, toWallTime } from '../../time/clock.js';
import { createFailureCounter, type FailureCounter } from './failure-counter.js';
import { onFirstFailure } from './listener.js';

/** Called with each event. What it throws, or a promise that it returns rejects with, is caught. */
export interface EventSubscriber {
  (event: TimedAgentEvent): unknown;
  /** The types of events that it is called with. Default: all. */
  readonly hears?: ReadonlySet<AgentEvent['type']>;
}

/** Options of `defineReporter`. */
export interface ReporterOptions {
  /** Epoch milliseconds that do not jump; the same source as the machines'. */
  now: () => number;
  /** Epoch milliseconds of the wall clock, for the times in events. Default: `now`. */
  wallNow?: () => number;
  /** Counts how often each failure of a bot came. One for a session: each of its machines has a reporter. */
  failures?: FailureCounter;
}

/** The result with its times on the wall clock as it is set now. */
export function onWallClock(result: MatchResult, times: Times): MatchResult {
  const { startedAt, endedAt } = result;
  return { ...result, startedAt: toWallTime(startedAt, times), endedAt: toWallTime(endedAt, times) };
}

const hears = ({ hears: types }: EventSubscriber, { type }: AgentEvent): boolean => types?.has(type) ?? true;

/**
 * Returns the function that reports an event, with the time of the wall clock, to all current subscribers: the set
 * may change between events. The first failure of a subscriber is reported to the others as a `config.warning`; later
 * ones are not.
 */
export function fanOut(
  subscribers: Iterable<EventSubscriber>,
  { now, wallNow = now, failures = createFailureCounter() }: ReporterOptions,
): (event: AgentEvent) => void {
  const times: Times = { now, wallNow };
  const call = onFirstFailure<TimedAgentEvent>((subscriber, why) =>
    emit({ type: 'config.warning', message: `A listener of the agent's events failed: ${why}` }, subscriber),
  );

  function emit(event: AgentEvent, silent?: EventSubscriber): void {
    // Every turn has two events, and often nobody wants to hear of them.
    if (!isHeard(event)) return;
    let timed: TimedAgentEvent | null = null;
    for (const subscriber of Array.from(subscribers)) {
      if (subscriber === silent || !hears(subscriber, event)) continue;
      timed ??= { ...shown(event), at: wallNow() };
      call(subscriber, timed);
    }
  }

  function isHeard(event: AgentEvent): boolean {
    for (const subscriber of subscribers) if (hears(subscriber, event)) return true;
    return false;
  }

  const shown = (event: AgentEvent): AgentEvent =>
    event.type === 'match.ended' ? { ...event, result: onWallClock(event.result, times) } : event;

  return (event) => emit(event.type === 'bot.failed' ? { ...event, times: failures.count(event) } : event);
}

/** The `reporter` port of both machines. */
export function defineReporter(
  subscribers: Iterable<EventSubscriber>,
  options: ReporterOptions,
): ReporterLogic {
  refuseUnknown(options, { now: true, wallNow: true, failures: true }, 'defineReporter');
  return fromCallback<AgentEvent, undefined>(({ receive }) => {
    receive(fanOut(subscribers, options));
  });
}
