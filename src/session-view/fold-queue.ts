/** How the reports of the queue keeper and the day book change what is known of a session. */
import type { TimedAgentEvent } from '../protocol/events.js';
import type { QueueEvent } from '../protocol/queue-events.js';
import type { SessionQueue, SessionState } from './session-state.js';

type EventType = QueueEvent['type'];
type EventOfType = { [T in EventType]: Extract<TimedAgentEvent, { type: T }> };
type Fold<T extends EventType> = (state: SessionState, event: EventOfType[T]) => SessionState;

const noQueue: SessionQueue = {
  place: 'out',
  since: null,
  position: null,
  restWhy: null,
  restUntil: null,
  trouble: null,
};

export const queueFolds: { readonly [T in EventType]?: Fold<T> } = {
  'queue.joined': (state, { at, position }) =>
    withQueue(state, { ...noQueue, place: 'waiting', since: at, position }),
  'queue.refreshed': (state, { at, position }) =>
    withQueue(state, {
      ...noQueue,
      place: 'waiting',
      since: state.queue?.place === 'waiting' ? state.queue.since : at,
      position,
    }),
  'queue.lost': (state) => withQueue(state, { place: 'out', since: null, position: null }),
  'queue.matched': (state) => withQueue(state, { ...noQueue }),
  'queue.left': (state, { why }) => withQueue(state, { ...noQueue, place: 'resting', restWhy: why }),
  'queue.resting': (state, { why, until }) =>
    withQueue(state, { ...noQueue, place: 'resting', restWhy: why, restUntil: until }),
  // Who asks for a place rests no longer.
  'queue.refused': (state, { request, message }) =>
    withQueue(state, { ...(asksForPlace(request) && unrested(state.queue)), trouble: message }),
  'budget.changed': (state, { figures }) => ({ ...state, day: figures }),
};

/** A request is named by its method and path, or by the command that it was made for. */
const asksForPlace = (request: string): boolean => /[/.]join$/.test(request);

const unrested = (queue: SessionQueue | null): Partial<SessionQueue> =>
  queue?.place === 'resting' ? { place: 'out', restWhy: null, restUntil: null } : {};

/** A match is over: a rest for its sake is, too, and what comes next is told only if it lasts. */
export function queueAfterMatch(queue: SessionQueue | null): SessionQueue | null {
  return queue?.restWhy === 'playing' ? { ...queue, ...unrested(queue) } : queue;
}

function withQueue(state: SessionState, more: Partial<SessionQueue>): SessionState {
  return { ...state, queue: { ...(state.queue ?? noQueue), ...more } };
}
