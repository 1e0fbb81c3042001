/** What all seats of a match are told of its hands. */

import { randomUUID } from 'node:crypto';
import type { HandEnded, HandStarted, StreetOpened } from '../../holdem/facts.js';
import type { Dialect } from '../wire/dialect.js';
import type { GameFrame } from '../wire/game-frame.js';
import type { Seat } from './seat.js';
import { phaseChange, roundResult, roundStart } from './wire-of-hand.js';

export interface Broadcast {
  /** Sends the same frame to every seat. */
  send(frame: GameFrame): void;
  /** Sends the frame of a fact of the hand. A new hand shows each seat its own cards alone. */
  sendHand(fact: HandStarted | StreetOpened | HandEnded): void;
}

export function createBroadcast(seats: readonly Seat[], { showsLastSeat }: Dialect): Broadcast {
  let roundId = '';
  /** Of the hand in play, by seat. */
  let holeCards: HandStarted['holeCards'] = [];

  function send(frame: GameFrame): void {
    for (const seat of seats) seat.send(frame);
  }

  /** Whose cards are told although nobody had to show any. */
  function lastSeatOf({ shown, winners: [seat] }: HandEnded) {
    if (!showsLastSeat || shown.length > 0 || seat === undefined) return null;
    return { seat, holeCards: holeCards[seat] ?? [] };
  }

  return {
    send,
    sendHand(fact) {
      switch (fact.type) {
        case 'handStarted':
          roundId = `r_${randomUUID()}`;
          holeCards = fact.holeCards;
          for (const seat of seats) seat.send(roundStart(fact, seat.index, roundId));
          return;
        case 'streetOpened':
          send(phaseChange(fact));
          return;
        case 'handEnded':
          send(roundResult(fact, roundId, lastSeatOf(fact)));
      }
    },
  };
}
