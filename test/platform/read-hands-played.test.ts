/** Matches that were played here, read back from both of their records: chip for chip the same. */
import { describe, expect, it } from 'vitest';
import { createPlatformClient, type RecordedHand } from '../../src/platform/index.js';
import { afterTest } from '../kit/after-test.js';
import { openPlatform } from '../kit/platform.js';

/** By seat, what it put into the pot, without what nobody matched. */
function lossesOf({ actions, startingStacks }: RecordedHand): number[] {
  const put = new Map<number, number>();
  for (const { seat, added } of actions) put.set(seat, (put.get(seat) ?? 0) + (added ?? Number.NaN));
  const sums = Object.keys(startingStacks ?? {}).map((seat) => put.get(Number(seat)) ?? 0);
  const [most = 0, second = 0] = sums.toSorted((one, other) => other - one);
  return sums.map((sum) => (sum === most ? second : sum));
}

const lossOf = ({ startingStacks, stacksAfter }: RecordedHand, seat: number): number =>
  (startingStacks?.[seat] ?? Number.NaN) - (stacksAfter?.[seat] ?? Number.NaN);

const tables = [
  { seed: 'one', players: ['random', 'tight-aggressive'] },
  { seed: 'two', players: ['tight-aggressive', 'equity'] },
  { seed: 'three', players: ['random', 'calling-station', 'random'] },
];

describe.each(['added', 'total'] as const)('a replay whose raises are %s', (replayRaises) => {
  it.each(tables)('tells the same as the hands of table $seed', async ({ seed, players }) => {
    const { sandbox } = await openPlatform({ seed, replayRaises, maxHands: 25 });
    const { matchId } = await sandbox.play({ players });
    await sandbox.result(matchId);
    const client = createPlatformClient({ apiUrl: sandbox.url, recordPaceMs: 0 });
    afterTest(() => client.close());

    const match = await client.records.match(matchId);
    const { hands, unreadable } = await client.records.hands(matchId);
    const replay = await client.records.replay(matchId);
    expect([unreadable, replay.unreadable]).toEqual([[], []]);
    expect(hands.length).toBeGreaterThan(3);

    // Whoever is right about the raises has these chips, and both records have them.
    const chipsOf = (hand: RecordedHand) =>
      hand.actions.map(({ seat, action, phase, added, streetTotal }) => [
        seat,
        action,
        phase,
        added,
        streetTotal,
      ]);
    expect(replay.hands.map(chipsOf)).toEqual(hands.map(chipsOf));
    expect(
      replay.hands.map(({ handNumber, board, holeCards }) => ({ handNumber, board, holeCards })),
    ).toEqual(hands.map(({ handNumber, board, holeCards }) => ({ handNumber, board, holeCards })));
    expect(new Set(hands.map(({ raises }) => raises))).toEqual(new Set(['added', 'either']));
    expect(new Set(replay.hands.map(({ raises }) => raises))).toEqual(new Set([replayRaises, 'either']));

    for (const hand of replay.hands) {
      const losses = lossesOf(hand);
      const seats = Object.keys(hand.startingStacks ?? {}).map(Number);
      // Nobody loses more than what was matched of his chips, and whoever folded loses all of it.
      const folded = new Set(hand.actions.flatMap(({ seat, action }) => (action === 'fold' ? [seat] : [])));
      for (const [index, seat] of seats.entries()) {
        if (folded.has(seat)) expect(lossOf(hand, seat)).toBe(losses[index]);
        else expect(lossOf(hand, seat)).toBeLessThanOrEqual(losses[index] ?? 0);
      }
      expect(seats.reduce((sum, seat) => sum + lossOf(hand, seat), 0)).toBe(0);
    }
    for (const { seat, netChips } of match.participants) {
      const own = replay.hands.filter(({ startingStacks }) => startingStacks?.[seat ?? -1] !== undefined);
      expect(own.reduce((sum, hand) => sum - lossOf(hand, seat ?? -1), 0)).toBe(netChips);
    }
    expect(match.status).toBe('completed');
  });
});
