/** A hand whose every card and action is fixed. */
export interface FixedHand {
  /** Chips by seat. Default: what the hand before it left. */
  stacks?: readonly number[];
  /** The seat of the button. */
  dealer: number;
  /** Hole cards by seat, such as `Ah Kd`. */
  holeCards: readonly string[];
  /** The board as far as it matters. Default: what the seed of the table deals, which is always the same. */
  board?: string;
  /**
   * What is played, in turn, the checked bot's turns included: `fold`, `check`, `call`, `raise 300` (to 300). What the bot
   * answers is judged, and then this is played for it as for a bot that is late; so it is a check or a fold.
   */
  line: readonly string[];
}

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
