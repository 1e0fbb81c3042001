/** Seats for the house bots of a run. */
import { InternalError } from '../protocol/errors.js';
import type { SeatPlace } from './arena-seat.js';
import type { ArenaTerms } from './arena-terms.js';
import { createHouseArenaSeat } from './house-arena-seat.js';

/** @returns null for a bot that is none. */
export function openHouseSeat(terms: ArenaTerms, place: SeatPlace) {
  const bot = terms.bots[place.bot];
  if (bot === undefined) throw new InternalError(`The run has no bot ${place.bot}.`);
  if (bot.kind !== 'house') return null;
  const { seatIndex, matchId } = place;
  return createHouseArenaSeat({
    house: bot.house,
    seed: terms.seed,
    seatIndex,
    matchId,
    clockMs: terms.clockMs,
  });
}
