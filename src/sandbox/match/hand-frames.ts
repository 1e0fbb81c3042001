/** The frames that tell a hand, in the dialect that players saw (docs/protocol.md 11). */
import type { HandEnded, HandStarted, TableFact } from '../../holdem/facts.js';
import type { JsonObject } from '../../protocol/frames.js';
import { phaseChange, roundResult, roundStart, turnResult } from './wire-of-hand.js';

/** @returns the frame of a fact for one seat; null for the end of a match. It keeps what a later frame of the hand needs. */
export function handFrames(
  roundIdOf: (hand: number) => string,
): (fact: TableFact, seatIndex: number) => JsonObject | null {
  let holeCards: HandStarted['holeCards'] = [];
  return (fact, seatIndex) => {
    switch (fact.type) {
      case 'handStarted':
        holeCards = fact.holeCards;
        return { ...roundStart(fact, seatIndex, roundIdOf(fact.hand)) };
      case 'acted':
        return { ...turnResult(fact) };
      case 'streetOpened':
        return { ...phaseChange(fact) };
      case 'handEnded':
        return { ...roundResult(fact, roundIdOf(fact.hand), lastSeatOf(fact, holeCards)) };
      case 'matchEnded':
        return null;
    }
  };
}

/** Its cards are told although nobody had to show any (docs/protocol.md 6). */
function lastSeatOf({ shown, winners: [seat] }: HandEnded, holeCards: HandStarted['holeCards']) {
  return shown.length > 0 || seat === undefined ? null : { seat, holeCards: holeCards[seat] ?? [] };
}
