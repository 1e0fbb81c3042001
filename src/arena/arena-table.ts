/** The table of one leg: the one place of the arena that knows what plays the hands. */
import { allInNetsOfEngine } from '../holdem/all-in-nets.js';
import { luckFreeNets } from '../holdem/chance-terms.js';
import { chipsAt } from '../holdem/chip-lists.js';
import type { TableFact } from '../holdem/facts.js';
import { type Hand, handOn } from '../holdem/hand.js';
import { HandEngine } from '../holdem/hand-engine.js';
import { createTable } from '../holdem/table.js';
import type { TableTurn } from '../holdem/table-types.js';
import type { WireAction } from '../protocol/frames.js';
import { ArenaDecks } from './arena-deck.js';
import { arenaSeed } from './arena-seeds.js';
import type { ArenaLuck, ArenaTerms } from './arena-terms.js';

/** The hands of pairs: of a deal one, of a match as many as it takes. */
export interface ArenaTable {
  beginPair(pair: number): void;
  /** Whether the pair has no hand any more. */
  readonly isOver: boolean;
  /** @param number of the hand as the bots see it. */
  startHand(number: number): readonly TableFact[];
  /** Begins a hand of which nobody is told anything; null where that cannot be. Its turns are those of the engine. */
  startSilent?(number: number): HandEngine;
  readonly turn: TableTurn | null;
  /** Plays a legal action for the seat in turn. */
  act(action: WireAction, isTimeout: boolean): readonly TableFact[];
  /** By seat, what it has won in the pair so far. */
  readonly nets: readonly number[];
  /** The same without the luck that the terms take off; null: they take none off. */
  readonly adjustedNets: readonly number[] | null;
  /** Of a deal, as it was won, but for all-ins of two seats, at what they were worth. */
  allInNets(): readonly number[];
  /** Hands of the pair so far. */
  readonly hands: number;
  /** What has played the last hand. */
  readonly engine: HandEngine;
}

export function createArenaTable(terms: ArenaTerms, seats: number): ArenaTable {
  return terms.mode === 'deals' ? dealTable(terms, seats) : matchTable(terms, seats);
}

/** @returns null where there was nothing to take off. */
const luckTakers: Readonly<
  Record<Exclude<ArenaLuck, 'as played'>, (engine: HandEngine) => readonly number[] | null>
> = { 'all-in': allInNetsOfEngine, aivat: luckFreeNets };

/** Every hand begins with the same stacks; the button goes round with the pairs. */
function dealTable(
  { seed, startingStack, smallBlind, bigBlind, luck }: ArenaTerms,
  seats: number,
): ArenaTable {
  const stacks = Array.from({ length: seats }, () => startingStack);
  const engine = new HandEngine({ seats, maxChips: seats * startingStack });
  engine.setBlinds(smallBlind, bigBlind);
  let pair = 0;
  const decks = new ArenaDecks(seed);
  let hand: Hand | null = null;
  let hands = 0;
  /** Of the hand that is over. */
  let adjusted: readonly number[] | null = null;
  const prepare = (number: number): void => {
    engine.abandon();
    engine.stacks.fill(startingStack);
    engine.placeButton(pair % seats);
    engine.hand = number - 1;
    hands = 1;
    adjusted = null;
  };
  return {
    engine,
    beginPair(next) {
      pair = next;
      hand = null;
      hands = 0;
      adjusted = null;
    },
    get isOver() {
      return hands === 1;
    },
    startHand(number) {
      prepare(number);
      hand = handOn(engine, decks.deck(pair));
      return hand.start();
    },
    startSilent(number) {
      prepare(number);
      engine.dealFrom(decks.top(pair, 2 * seats + 5));
      return engine;
    },
    get turn() {
      return hand?.turn ?? null;
    },
    act: (action, isTimeout) => hand?.act(action, { isTimeout }) ?? [],
    get nets() {
      return hands === 0
        ? stacks.map(() => 0)
        : stacks.map((stack, seat) => chipsAt(engine.stacks, seat) - stack);
    },
    get adjustedNets() {
      if (luck === 'as played') return null;
      adjusted ??= (hands === 0 ? null : luckTakers[luck](engine)) ?? this.nets;
      return adjusted;
    },
    allInNets() {
      return (hands === 0 ? null : allInNetsOfEngine(engine)) ?? this.nets;
    },
    get hands() {
      return hands;
    },
  };
}

/** A match to a bust, with the hands of its own seed. */
function matchTable(terms: ArenaTerms, seats: number): ArenaTable {
  const { seed, startingStack, smallBlind, bigBlind, blindSchedule, maxHands } = terms;
  const open = (pair: number) =>
    createTable({
      seats,
      startingStack,
      smallBlind,
      bigBlind,
      blindSchedule,
      maxHands,
      // As the deck does, the button goes with the pair.
      dealer: pair % seats,
      seed: arenaSeed(seed, 'deck', pair),
    });
  let table = open(0);
  return {
    beginPair(next) {
      table = open(next);
    },
    get isOver() {
      return table.over;
    },
    startHand: () => table.startHand(),
    get turn() {
      return table.turn;
    },
    act: (action, isTimeout) => table.act(action, { isTimeout }),
    get nets() {
      return table.standings.standings.map(({ netChips }) => netChips);
    },
    adjustedNets: null,
    allInNets() {
      return this.nets;
    },
    get hands() {
      return table.standings.hands;
    },
    get engine() {
      return table.engine;
    },
  };
}
