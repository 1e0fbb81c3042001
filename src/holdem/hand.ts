/** One hand from the posts to the payouts, as facts: a view of the engine that plays it. */
import { streetNames } from './action-codes.js';
import type { Positions, Posts } from './blinds.js';
import type { Card } from './card.js';
import { numberOfCard } from './card-numbers.js';
import { copyOfChips, sumOf } from './chip-lists.js';
import type { Deck } from './deck.js';
import { answerTurn } from './engine-answer.js';
import { boardAt, historyEntry, holeCardsOf, openTurnOf, seatsLeftOf, stacksInPlay } from './engine-views.js';
import type { Acted, HandAction, HandEnded, HandStarted, Street, TableFact } from './facts.js';
import { HandEngine } from './hand-engine.js';
import { rankHand } from './hand-rank.js';
import { IllegalActionError } from './illegal-action.js';
import { settledBy } from './pots.js';
import { showdownOrder } from './showdown.js';
import type { ActOptions, OddChips, TableTurn } from './table-types.js';

export interface HandSetup extends Positions, Posts {
  hand: number;
  /** By seat. */
  stacks: readonly number[];
  /** By seat, whether it is dealt in. Default: every seat with chips. */
  playing?: readonly boolean[];
  /** Default: `lowest-seat`. */
  oddChips?: OddChips;
  deck: Deck;
}

export interface Hand {
  /** What is in front of each seat now, before the payouts. */
  readonly stacks: number[];
  readonly turn: TableTurn | null;
  /** Null while the hand is in play. */
  readonly outcome: HandEnded | null;
  start(): TableFact[];
  act(answer: unknown, options: ActOptions): TableFact[];
}

/** A hand that belongs to no match. */
export function createHand(setup: HandSetup): Hand {
  const { stacks, playing, hand, dealerSeat, smallBlindSeat, bigBlindSeat, smallBlind, bigBlind } = setup;
  const { ante, oddChips = 'lowest-seat' } = setup;
  const engine = new HandEngine({ seats: stacks.length, maxChips: sumOf(stacks), oddChips });
  engine.stacks.set(stacks);
  if (playing !== undefined)
    for (const [seat, plays] of playing.entries()) engine.sitsOut[seat] = plays ? 0 : 1;
  engine.setBlinds(smallBlind, bigBlind, ante);
  engine.hand = hand - 1;
  Object.assign(engine.positions, { dealerSeat, smallBlindSeat, bigBlindSeat });
  return handOn(engine, setup.deck);
}

/**
 * The next hand of an engine, whose stacks, blinds and button stand.
 *
 * @param deck of the hand.
 */
export function handOn(engine: HandEngine, deck: Deck): Hand {
  // Shared by all that tells them, so nobody may change them.
  const history: HandAction[] = [];
  let holeCards: readonly (readonly Card[])[] = [];
  let board: readonly Card[] = [];
  let street = 0;
  let turn: TableTurn | null = null;
  let outcome: HandEnded | null = null;

  function record(): void {
    for (let at = history.length; at < engine.log.length; at += 1) {
      history.push(Object.freeze(historyEntry(engine.log, at)));
    }
  }

  function handStarted(postCount: number): HandStarted {
    return {
      type: 'handStarted',
      hand: engine.hand,
      dealerSeat: engine.positions.dealerSeat,
      stacks: copyOfChips(engine.startStacks),
      posts: history.slice(0, postCount),
      stacksAfterPosts: stacksInPlay(engine),
      pot: engine.pot,
      holeCards,
      deckCommitment: deck.commitment,
    };
  }

  /** The streets that were opened since the last fact, and the end. */
  function told(): TableFact[] {
    const facts: TableFact[] = [];
    while (street < engine.street) {
      street += 1;
      board = Object.freeze(boardAt(engine, street));
      facts.push({ type: 'streetOpened', street: streetNames[street] as Street, board });
    }
    turn = engine.isOver ? null : openTurnOf(engine, { holeCards, board, history });
    if (engine.isOver) {
      outcome = handEnded();
      facts.push(outcome);
    }
    return facts;
  }

  function handEnded(): HandEnded {
    const { settlement, betting, positions, hand, seatCount } = engine;
    const order = engine.isShown
      ? showdownOrder(seatsLeftOf(engine), history, positions.dealerSeat, seatCount)
      : [];
    const { pot, pots, uncalled, payouts, winners } = settledBy(settlement, betting.dead);
    return {
      type: 'handEnded',
      hand,
      board,
      pot,
      pots,
      uncalled,
      payouts,
      winners,
      shown: order.map((seat) => {
        const own = holeCards[seat] ?? [];
        const { name, best } = rankHand([...own, ...board]);
        // A copy: V8 would move all lists that `rankHand` makes to where old objects are, if many of them were kept.
        return { seat, holeCards: own, rank: name, best: [...best] };
      }),
      history: [...history],
      stacks: copyOfChips(engine.stacks),
      deckCommitment: deck.commitment,
    };
  }

  return {
    get stacks() {
      return stacksInPlay(engine);
    },
    get turn() {
      return turn;
    },
    get outcome() {
      return outcome;
    },

    start() {
      engine.dealFrom(deck.cards.slice(0, engine.cards.cards.length).map(numberOfCard));
      record();
      holeCards = Object.freeze(
        Array.from({ length: engine.seatCount }, (_, seat) => Object.freeze(holeCardsOf(engine, seat))),
      );
      const started = handStarted(history.length);
      return [started, ...told()];
    },

    act(answer, options) {
      if (turn === null) throw new IllegalActionError('no_turn', 'Nobody is in turn.');
      answerTurn(engine, answer, options);
      record();
      const { seat, action, amount, street: on, isTimeout } = history.at(-1) as Acted;
      const stacks = stacksInPlay(engine);
      return [
        { type: 'acted', seat, action, amount, street: on, isTimeout, pot: engine.pot, stacks },
        ...told(),
      ];
    },
  };
}
