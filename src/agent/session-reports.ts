/** The listeners of a session: of its events and of its frames. */

import { createFailureCounter } from '../io/reports/failure-counter.js';
import { createFrameListeners, type FrameListeners } from '../io/reports/frame-listeners.js';
import { defineReporter, type EventSubscriber, fanOut } from '../io/reports/reporter.js';
import type { AgentOptions } from '../io/settings/agent-options.js';
import type { ReporterLogic } from '../machines/ports.js';
import type { AgentEvent, TimedAgentEvent } from '../protocol/events.js';
import type { Times } from '../time/clock.js';

export interface SessionReports {
  /** Reports an event that does not come from the machines; before `begin` it waits. */
  readonly emit: (event: AgentEvent) => void;
  /** Most listeners are added when the agent has been made: they hear what was found while it was. */
  begin(): void;
  /** Returns the function that ends the subscription. One listener may subscribe more than once. */
  readonly on: (listener: EventSubscriber) => () => void;
  /** The reporter port of the machines, for the same listeners. */
  readonly reporter: ReporterLogic;
  readonly frames: FrameListeners;
}

/**
 * @param options listeners from the first event on.
 * @param record called with each event before any listener is: who hears of a result finds it recorded.
 */
export function openReports(
  { onEvent, onFrame }: Pick<AgentOptions, 'onEvent' | 'onFrame'>,
  times: Times,
  record?: (event: TimedAgentEvent) => void,
): SessionReports {
  const listeners = new Set<EventSubscriber>();
  const counted = { ...times, failures: createFailureCounter() };
  const tellAll = fanOut(listeners, counted);
  let early: AgentEvent[] | null = [];
  const emit = (event: AgentEvent): void => {
    if (early === null) tellAll(event);
    else early.push(event);
  };
  const frames = createFrameListeners({ wallNow: times.wallNow, emit });
  const on: SessionReports['on'] = (listener) => {
    // A wrapper for each call: the same function may be added twice and removed once.
    const own: EventSubscriber = Object.assign((event: Parameters<EventSubscriber>[0]) => listener(event), {
      ...(listener.hears && { hears: listener.hears }),
    });
    listeners.add(own);
    return () => void listeners.delete(own);
  };
  if (record) on(record);
  if (onEvent) on(onEvent);
  if (onFrame) frames.add(onFrame);
  const begin = (): void => {
    const waiting = early ?? [];
    early = null;
    for (const event of waiting) tellAll(event);
  };
  return { emit, begin, on, frames, reporter: defineReporter(listeners, counted) };
}
