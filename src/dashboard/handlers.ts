/** Handlers for some events of a union; other events are ignored. */
export type Handlers<Event extends { type: string }, Result = void> = {
  readonly [T in Event['type']]?: (event: Extract<Event, { type: T }>) => Result;
};

export function handle<Event extends { type: string }, Result>(
  handlers: Handlers<Event, Result>,
  event: Event,
): Result | undefined {
  // The handler of each type takes events of this type.
  const handler = handlers[event.type as Event['type']] as ((event: Event) => Result) | undefined;
  return handler?.(event);
}
