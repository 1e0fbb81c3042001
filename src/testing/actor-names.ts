/** Names of actors that are the same on every run. XState numbers those that have no id, through the whole process. */
import type { AnyActorRef } from 'xstate';

const given = new WeakMap<AnyActorRef, string>();

/** Names a child without an id by its source and a number: `worker#1`. */
export function nameChild(child: AnyActorRef, number: number): void {
  const { src } = child as { src?: unknown };
  given.set(child, `${typeof src === 'string' ? src : 'inline'}#${number}`);
}

/** Whether XState numbered it. */
export const isNameless = ({ id, sessionId }: AnyActorRef): boolean => id === sessionId;

export function actorName(actor: AnyActorRef): string {
  return given.get(actor) ?? (isNameless(actor) ? 'an actor' : actor.id);
}

/** The children of a machine by their names. */
export function childrenOf({ children }: { children: Record<string, unknown> }): Map<string, AnyActorRef> {
  const known = Object.values(children).filter((child) => child !== undefined) as AnyActorRef[];
  return new Map(known.map((child) => [actorName(child), child]));
}
