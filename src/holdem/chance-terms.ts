/**
 * The luck of the cards of a heads-up hand, by a value function that was fixed beforehand (the chance terms of AIVAT: Burch and others
 * 2018). What a deal or a street changes in the value, less what it changes on average, is 0 on average whatever the players do, and may be
 * taken off what a hand won. How much of the spread goes with it depends on how well the function fits the players.
 *
 * The value of a seat is a weight times (equity - 1/2), the equity being its share of the pot over all boards that could still come. The
 * weight is known before the cards are: so the average after a street is the equity before it, exactly, and nothing else has to be counted.
 */
import { sha256 } from '../chance/random.js';
import { actionCodes, boardSizes } from './action-codes.js';
import { allInNetsOfEngine } from './all-in-nets.js';
import { allInOddsOf, shareOfOdds } from './all-in-odds.js';
import { byteAt, chipsAt } from './chip-lists.js';
import type { HandEngine } from './hand-engine.js';

/**
 * Weights: of the hole cards in big blinds; of a street in pots before it, above 1 as pots grow later, and no more than `most` of
 * the lesser stack at the start, so that what is left of a hand has a bound. Fitted to `tight-aggressive` and `calling-station`; a change of them is another function, with another digest.
 */
const valueFunction = {
  version: 1,
  deal: 9,
  flop: 3,
  turn: 3,
  river: 2,
  most: 0.5,
} as const;

const streetWeights = [0, valueFunction.flop, valueFunction.turn, valueFunction.river];

/** It tells which function the terms come from. */
export const valueFunctionDigest: string = sha256(JSON.stringify(valueFunction));

/**
 * Chips of luck of seat 0 in the hand that an engine has just ended; the other seat had as much less. Runs of the board after an all-in
 * are not in it: `allInNetsOfEngine` takes these out.
 *
 * @throws RangeError for more than two seats, whose folded cards change the odds.
 */
export function chanceTermOfEngine(engine: HandEngine): number {
  return termsByStreet(engine).reduce((sum, { weight, change }) => sum + weight * change, 0);
}

/** Net chips by seat without the luck of all-ins, hole cards and streets. */
export function luckFreeNets(engine: HandEngine): number[] {
  const won = [0, 1].map((seat) => chipsAt(engine.stacks, seat) - chipsAt(engine.startStacks, seat));
  const nets = allInNetsOfEngine(engine) ?? won;
  const luck = chanceTermOfEngine(engine);
  return nets.map((net, seat) => (seat === 0 ? net - luck : net + luck));
}

/** The most that a hand can win or lose without the luck of cards, in big blinds, with so many in the lesser stack. */
export const luckFreeBound = (stackBb: number): number =>
  stackBb * (1 + 3 * valueFunction.most) + valueFunction.deal / 2;

interface ChanceTerm {
  readonly street: number;
  /** Chips. */
  readonly weight: number;
  /** Of the equity of seat 0. */
  readonly change: number;
}

/** One for the hole cards, and one for each street on which somebody could still act. */
function termsByStreet(engine: HandEngine): ChanceTerm[] {
  const { log, holeCards, seatCount, bigBlind } = engine;
  if (seatCount !== 2) throw new RangeError(`Terms of chance are those of two seats, not of ${seatCount}.`);
  const [own, other] = [0, 2].map((at) => [byteAt(holeCards, at), byteAt(holeCards, at + 1)]) as [
    number[],
    number[],
  ];
  const board = Array.from(engine.board);
  let equity = shareOfOdds(allInOddsOf(own, other, []));
  const terms: ChanceTerm[] = [
    // Over all deals both seats have the same equity.
    { street: 0, weight: valueFunction.deal * bigBlind, change: equity - 0.5 },
  ];
  const most = valueFunction.most * Math.min(chipsAt(engine.startStacks, 0), chipsAt(engine.startStacks, 1));
  const last = log.streetAt(log.length - 1);
  for (let street = 1; street <= last; street += 1) {
    const weight = Math.min(most, (streetWeights[street] ?? 0) * potBefore(engine, street));
    const next = shareOfOdds(allInOddsOf(own, other, board.slice(0, boardSizes[street])));
    terms.push({ street, weight, change: next - equity });
    equity = next;
  }
  return terms;
}

/** All chips that were put in before the cards of a street were dealt. */
function potBefore({ log }: HandEngine, street: number): number {
  const onStreet = [0, 0];
  let [now, pot] = [0, 0];
  for (let index = 0; index < log.length && log.streetAt(index) < street; index += 1) {
    if (log.streetAt(index) !== now) {
      onStreet.fill(0);
      now = log.streetAt(index);
    }
    const seat = log.seatAt(index);
    const before = onStreet[seat] ?? 0;
    const added = log.amountAt(index) - (log.actionAt(index) === actionCodes.raise ? before : 0);
    // An ante is no part of the bets of its street.
    if (log.actionAt(index) !== actionCodes.postAnte) onStreet[seat] = before + added;
    pot += added;
  }
  return pot;
}
