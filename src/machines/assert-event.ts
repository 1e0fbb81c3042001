import type { EventObject } from 'xstate';

/**
 * Narrows an event to the types that the chart has this action or guard for. XState has a function of the same name, which
 * also takes wildcards; this one runs some twenty times in every turn and makes nothing.
 *
 * @throws {TypeError} for an event of another type: the chart has a mistake.
 */
export function assertEvent<Event extends EventObject, Type extends Event['type']>(
  event: Event,
  ...types: readonly Type[]
): asserts event is Extract<Event, { type: Type }> {
  for (const type of types) if (event.type === type) return;
  throw new TypeError(`The chart expects ${types.join(' or ')} here, and not ${event.type}.`);
}
