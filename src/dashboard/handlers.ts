/** What is done about some events of a union; the others change nothing. */
export type Handlers<Event extends { type: string }, Result = void> = {
  readonly [T in Event['type']]?: (event: Extract<Event, { type: T }>) => Result;
};

export function handle<Event extends { type: string }, Result>(
  handlers: Handlers<Event, Result>,
  event: Event,
): Result | undefined {
  // The table has for each type a function that takes events of this type.
  const handler = handlers[event.type as Event['type']] as ((event: Event) => Result) | undefined;
  return handler?.(event);
}
