/** Counts the hands of a block by position, ending and depth, and keeps its biggest pots: as much memory however many hands there are. */
import { chipsAt } from '../holdem/chip-lists.js';
import type { HandEngine } from '../holdem/hand-engine.js';
import { packHand } from '../playback/packed-hand.js';
import { type ClusterSums, noClusters, withCluster } from '../statistics/mean-interval.js';
import type { ArenaPot, BlockDetails, GroupSums } from './arena-record.js';
import { type DetailGroup, depthPlace, detailGroups } from './detail-groups.js';
import { calledPot, effectiveStack, endingPlace, historyOfHand, seatPositions } from './ended-hand.js';

const defaults = { pots: 5 } as const;

export interface DetailHand {
  /** From the first one of the block. */
  readonly at: number;
  readonly pair: number;
  readonly leg: number;
  /** By bot. */
  readonly seatIndexes: readonly number[];
  /** By seat, what the hand counts, in chips; null: what was won. */
  readonly nets: readonly number[] | null;
}

export interface DetailCounter {
  /** Takes the hand that the engine has just ended. */
  add(engine: HandEngine, hand: DetailHand): void;
  details(): BlockDetails;
}

/**
 * @param bots of the pairing.
 * @param pairs of the block.
 */
export function createDetailCounter(bots: number, pairs: number): DetailCounter {
  const groups = detailGroups.length;
  /** By leg, of which there are as many as bots, pair, bot and group: legs that are played at once come to the same. */
  const legSize = pairs * bots * groups;
  const sums = new Float64Array(bots * legSize);
  const hands = new Uint32Array(bots * legSize);
  const placesByTable = new Map<number, number[]>();
  /** By leg, the biggest first. */
  const potsOfLegs: ArenaPot[][] = Array.from({ length: bots }, () => []);

  const count = (from: number, group: number, bigBlinds: number): void => {
    sums[from + group] = (sums[from + group] as number) + bigBlinds;
    hands[from + group] = (hands[from + group] as number) + 1;
  };

  /** The places of positions by seat; -1 for a seat that was not dealt in. */
  const positionPlaces = (engine: HandEngine): number[] => {
    let key = engine.positions.dealerSeat;
    for (let seat = 0; seat < engine.seatCount; seat += 1) key = 2 * key + (engine.plays[seat] as number);
    let places = placesByTable.get(key);
    if (places === undefined) {
      places = seatPositions(engine).map((name) => (name === null ? -1 : detailGroups.indexOf(name)));
      placesByTable.set(key, places);
    }
    return places;
  };

  const keepPot = (engine: HandEngine, { pair, leg, seatIndexes }: DetailHand): void => {
    const bigBlinds = calledPot(engine) / engine.bigBlind;
    const pots = potsOfLegs[leg] as ArenaPot[];
    if (pots.length === defaults.pots && !(bigBlinds > (pots.at(-1) as ArenaPot).bigBlinds)) return;
    const names = seatIndexes.map((_, seat) => String(seatIndexes.indexOf(seat)));
    const hand = packHand({ hand: historyOfHand(engine, names), ranks: new Map(), turns: [] }, Number);
    const before = pots.findIndex((pot) => pot.bigBlinds < bigBlinds);
    pots.splice(before === -1 ? pots.length : before, 0, { pair, leg, bigBlinds, hand });
    if (pots.length > defaults.pots) pots.pop();
  };

  return {
    add(engine, hand) {
      const { at, leg, seatIndexes, nets } = hand;
      const places = positionPlaces(engine);
      const ending = endingPlace(engine);
      for (const [bot, seat] of seatIndexes.entries()) {
        const position = places[seat] as number;
        if (position === -1) continue;
        const won = nets?.[seat] ?? chipsAt(engine.stacks, seat) - chipsAt(engine.startStacks, seat);
        const bigBlinds = won / engine.bigBlind;
        const from = leg * legSize + (at * bots + bot) * groups;
        count(from, position, bigBlinds);
        count(from, ending, bigBlinds);
        count(from, depthPlace(effectiveStack(engine, seat) / engine.bigBlind), bigBlinds);
      }
      keepPot(engine, hand);
    },
    details: () => ({
      groups: Array.from({ length: bots }, (_, bot) => groupsOf(bot)),
      pots: potsOfLegs
        .flat()
        .toSorted((a, b) => b.bigBlinds - a.bigBlinds)
        .slice(0, defaults.pots),
    }),
  };

  function groupsOf(bot: number): BlockDetails['groups'][number] {
    const found: Partial<Record<DetailGroup, GroupSums>> = {};
    for (const [group, name] of detailGroups.entries()) {
      let clusters: ClusterSums = noClusters;
      for (let at = 0; at < pairs; at += 1) {
        let sum = 0;
        let played = 0;
        for (let leg = 0; leg < bots; leg += 1) {
          const place = leg * legSize + (at * bots + bot) * groups + group;
          sum += sums[place] as number;
          played += hands[place] as number;
        }
        clusters = withCluster(clusters, sum, played);
      }
      if (clusters.clusters > 0) found[name] = listOfSums(clusters);
    }
    return found;
  }
}

const listOfSums = (sums: ClusterSums): GroupSums => [
  sums.clusters,
  sums.weight,
  sums.sum,
  sums.sumSquares,
  sums.products,
  sums.weightSquares,
];
