/** A No-Limit Hold'em match for two to ten seats, without sockets, clocks or chance beyond its seed. */

import { postsOf } from './blinds.js';
import { sumOf } from './chip-lists.js';
import { createDeck, deckSeed } from './deck.js';
import type { MatchEnded, Standings, TableFact } from './facts.js';
import { type Hand, handOn } from './hand.js';
import { HandEngine } from './hand-engine.js';
import { IllegalActionError } from './illegal-action.js';
import { finishingOrder } from './standings.js';
import { dealtInAt, tableSettings, topCards } from './table-options.js';
import type { ActOptions, Table, TableOptions } from './table-types.js';

/** A table, and what plays its hands: to look at, for those who want to know more of one than its facts tell. */
export type EngineTable = Table & { readonly engine: HandEngine };

/**
 * Seats everybody. Nothing is dealt before `startHand`.
 *
 * @throws RangeError for an option that makes no game; the message names it.
 */
export function createTable(options: TableOptions): EngineTable {
  const settings = tableSettings(options);
  const { stacks: firstStacks, maxHands, seed } = settings;
  /** Those of the hand in play before its posts. */
  let stacks: readonly number[] = firstStacks;
  const handsWon = stacks.map(() => 0);
  /** When a seat went out, and what it began that hand with. */
  const exits = new Map<number, { hand: number; stack: number }>();
  for (const [seat, stack] of stacks.entries()) if (stack === 0) exits.set(seat, { hand: 0, stack });
  let hand = 0;
  let handsPlayed = 0;
  const engine = new HandEngine({
    seats: stacks.length,
    maxChips: sumOf(stacks),
    oddChips: settings.oddChips,
  });
  engine.stacks.set(stacks);
  let current: Hand | null = null;
  let over = false;

  /** Takes over the outcome of a hand that is through. */
  function conclude(facts: TableFact[]): TableFact[] {
    const outcome = current?.outcome ?? null;
    if (outcome === null) return facts;
    for (const seat of outcome.winners) handsWon[seat] = (handsWon[seat] ?? 0) + 1;
    for (const [seat, stack] of stacks.entries()) {
      if (stack > 0 && outcome.stacks[seat] === 0) exits.set(seat, { hand, stack });
    }
    stacks = [...outcome.stacks];
    current = null;
    handsPlayed = hand;
    over = hand >= maxHands || stacks.filter((stack) => stack > 0).length === 1;
    return over ? [...facts, { type: 'matchEnded', ...standingsNow() }] : facts;
  }

  function standingsNow(): Standings {
    return {
      standings: stacks.map((stack, seat) => ({
        seat,
        stack,
        netChips: stack - (firstStacks[seat] ?? 0),
        handsWon: handsWon[seat] ?? 0,
      })),
      finishingOrder: finishingOrder(
        stacks.map((stack, seat) => exits.get(seat) ?? { hand: Number.POSITIVE_INFINITY, stack }),
      ),
      hands: handsPlayed,
    };
  }

  return {
    engine,
    get turn() {
      return current?.turn ?? null;
    },
    get over() {
      return over;
    },
    get hand() {
      return hand;
    },
    get stacks() {
      return current?.stacks ?? [...stacks];
    },
    get standings() {
      return standingsNow();
    },

    startHand() {
      if (over) throw new Error('The match is over.');
      if (current !== null) throw new Error(`Hand ${hand} is still in play.`);
      const next = hand + 1;
      // Both may be refused, and nothing has begun then.
      const playing = dealtInAt(next, settings, stacks);
      const deck = createDeck(deckSeed(seed, next), topCards(next, settings));
      hand = next;
      for (const [seat, plays] of playing.entries()) engine.sitsOut[seat] = plays ? 0 : 1;
      if (hand === 1) engine.placeButton(settings.dealer);
      else engine.moveButton();
      const { smallBlind, bigBlind, ante } = postsOf(hand, settings, settings.blindSchedule);
      engine.setBlinds(smallBlind, bigBlind, ante);
      current = handOn(engine, deck);
      return conclude(current.start());
    },

    act(answer: unknown, how: ActOptions = {}) {
      if (current === null) throw new IllegalActionError('no_turn', 'No hand is in play.');
      return conclude(current.act(answer, how));
    },

    award(winner): MatchEnded {
      if (over) throw new Error('The match is over.');
      if (!((stacks[winner] ?? 0) > 0)) throw new RangeError(`Seat ${winner} is not in the match any more.`);
      for (const [seat, stack] of stacks.entries()) {
        // After the last hand, so that they stay above those who went out in it.
        if (seat !== winner && stack > 0) exits.set(seat, { hand: hand + 1, stack });
      }
      const all = firstStacks.reduce((sum, stack) => sum + stack, 0);
      stacks = stacks.map((_, seat) => (seat === winner ? all : 0));
      current = null;
      over = true;
      return { type: 'matchEnded', ...standingsNow() };
    },
  };
}
