/** Which transitions of a state an event may take, by the descriptors that they stand under. */
import type { AnyStateNode, AnyTransitionDefinition } from 'xstate';

/** The transitions of this state for an event of this type, in the order in which XState asks them. */
export function candidatesOf({ transitions }: AnyStateNode, eventType: string): AnyTransitionDefinition[] {
  const wildcards = [...transitions.keys()].filter(
    (descriptor) => descriptor !== eventType && fits(descriptor, eventType),
  );
  // The longest descriptor is the closest one.
  wildcards.sort((a, b) => b.length - a.length);
  return [eventType, ...wildcards].flatMap((descriptor) => transitions.get(descriptor) ?? []);
}

/** `*` fits all events, and `a.b.*` fits `a.b` and all that begin with `a.b.`. A `*` in the middle fits nothing. */
function fits(descriptor: string, eventType: string): boolean {
  if (descriptor === '*') return true;
  if (!descriptor.endsWith('.*')) return false;
  const prefix = descriptor.slice(0, -2);
  if (prefix.split('.').includes('*')) return false;
  return eventType === prefix || eventType.startsWith(`${prefix}.`);
}
