/** Hands that came over the network, checked against the block that they are of. */
import { isObject, isWhole } from '../protocol/checks.js';
import type { BlockRecord, PlayedBlock } from './arena-record.js';
import { type LegHands, unpackHands } from './played-hands.js';

/** Whether there are as many hands as the block counts, in their order, and the same chips were won in them. */
export function areHandsOf({ record, hands }: PlayedBlock): boolean {
  const legs = typeof hands === 'string' ? unpackHands(hands) : null;
  return legs?.length === record.netChips.length && legs.every((leg, index) => isLegOf(record, index, leg));
}

function isLegOf({ netChips, hands }: BlockRecord, leg: number, { answers, facts }: LegHands): boolean {
  const bots = netChips[leg] ?? [];
  const seats = bots.length;
  if (answers.length !== seats) return false;
  const won = handsIn(facts, seats);
  if (won?.length !== sumOf(hands[leg] ?? [])) return false;
  return bots.every((byPair, bot) => {
    const seat = (bot + leg) % seats;
    return sumOf(byPair) === sumOf(won.map((chips) => chips[seat] ?? Number.NaN));
  });
}

/** Chips won in each hand, by seat; null where something else than whole hands is there. */
function handsIn(facts: readonly string[], seats: number): number[][] | null {
  const won: number[][] = [];
  let before: readonly number[] | null = null;
  for (const json of facts) {
    const fact = factOf(json);
    if (fact === null) return null;
    const { type, hand, stacks } = fact;
    if (type === 'matchEnded' && before === null) continue;
    if (hand !== won.length + 1 || !areStacks(stacks, seats)) return null;
    if (type === 'handStarted' && before === null) before = stacks;
    else if (type === 'handEnded' && before !== null) {
      const from = before;
      won.push(stacks.map((chips, seat) => chips - (from[seat] ?? 0)));
      before = null;
    } else return null;
  }
  return before === null ? won : null;
}

const areStacks = (value: unknown, seats: number): value is number[] =>
  Array.isArray(value) && value.length === seats && value.every(isWhole);

function factOf(json: string): Record<string, unknown> | null {
  try {
    const fact: unknown = JSON.parse(json);
    return isObject(fact) ? fact : null;
  } catch {
    return null;
  }
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
