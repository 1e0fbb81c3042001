/**
 * `chipzen-agent/holdem`: the table of No-Limit Hold'em on its own, in the words of the game. It opens no sockets and reads
 * no clock, and its only chance is its seed (docs/holdem.md).
 */

export { FastRandom } from '../chance/fast-random.js';
export { Action, type ActionName, type BotAnswer } from './action.js';
export {
  allCards,
  type Card,
  formatCard,
  parseCard,
  parseCards,
  type Rank,
  ranks,
  type Suit,
  suits,
} from './card.js';
export { cardOfNumber, numberOfCard } from './card-numbers.js';
export { createDeck, type Deck, deckCommitment, deckSeed, shuffledDeck } from './deck.js';
export { answerTurn } from './engine-answer.js';
export { historyOf, stateOf } from './engine-views.js';
export type {
  Acted,
  HandAction,
  HandEnded,
  HandStarted,
  MatchEnded,
  Payout,
  PostAction,
  Pot,
  SeatAction,
  SeatStanding,
  ShownHand,
  Standings,
  Street,
  StreetOpened,
  TableFact,
} from './facts.js';
export type { GameState, HistoryAction } from './game-state.js';
export { HandEngine, type HandEngineOptions } from './hand-engine.js';
export { type HandName, type HandRank, rankHand } from './hand-rank.js';
export { IllegalActionError } from './illegal-action.js';
export { type LegalAnswer, legalAnswer, type Offer } from './legal-answer.js';
export { createTable } from './table.js';
export type {
  ActOptions,
  Ante,
  BlindLevel,
  OddChips,
  Table,
  TableOptions,
  TableTurn,
} from './table-types.js';
export { viewOf } from './view-of.js';
