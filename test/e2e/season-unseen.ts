/** Which matches of a bot its machine could not see the end of. */
import type { League } from './season-league.js';
import type { OurMachine } from './season-machine.js';
import { isWithin } from './season-spans.js';

/** Matches of this bot that ended while its machine was not at the seat: dead, asleep or cut off, and nobody tells it how. */
export function unseenBy(
  { facts }: Pick<League, 'facts'>,
  botId: string,
  { deaths, sleeps }: Pick<OurMachine, 'deaths' | 'sleeps'>,
): Set<string> {
  const isSeated = new Map<string, boolean>();
  const unseen = new Set<string>();
  for (const { at, event } of facts) {
    if (event.type === 'seat.connected' && event.botId === botId) isSeated.set(event.matchId, true);
    if (event.type === 'seat.disconnected' && event.botId === botId) isSeated.set(event.matchId, false);
    // It closes every seat, and tells of none of them.
    if (event.type === 'platform.restarting') for (const id of isSeated.keys()) isSeated.set(id, false);
    if (event.type !== 'match.ended' || !isSeated.has(event.matchId)) continue;
    const isAway = isWithin(deaths, at) || isWithin(sleeps, at);
    if (isAway || isSeated.get(event.matchId) === false) unseen.add(event.matchId);
  }
  return unseen;
}
