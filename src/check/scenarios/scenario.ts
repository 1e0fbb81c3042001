import type { FixedHand } from '../fixed-hand.js';

/** A match of fixed hands, as data. */
export interface TurnScenario {
  /** Its name in reports, which stays the same. */
  id: string;
  /** What is checked, in a few words. */
  title: string;
  hands: readonly FixedHand[];
  /** Default: 0. */
  seatIndex?: number;
  /** Default: 50/100. */
  blinds?: readonly [small: number, big: number];
  /** The clock of each turn in ms; null: no frame names one. Default: the clock that the bot keeps. */
  clockMs?: number | null;
  /** A whole raise is told as the least one, also where the seat has fewer chips. */
  invertedRaises?: true;
  /** An entry of the history with this name, of so many chips that belong to nobody. */
  unknownPost?: { action: string; amount: number };
  /** The bot comes to a match that is under way: nothing is sent before its first turn. */
  comesLate?: true;
  /** The connection is lost after each hand. */
  reconnects?: true;
  /** Why folding the last turn throws chips away, whatever the other seats hold. */
  neverFold?: string;
}
