/** Records against what was played: every chip and card that the table told, read back over HTTP. */
import { describe, expect, it } from 'vitest';
import { formatCard } from '../../src/holdem/card.js';
import type { HandEnded, HandStarted, TableFact } from '../../src/holdem/facts.js';
import type { SandboxEvent } from '../../src/sandbox/index.js';
import { openPlatform } from '../kit/platform.js';
import { chipsPutIn, recordReader, stacksOfTwo } from '../kit/record-reader.js';

type Fact<T extends TableFact['type']> = Extract<TableFact, { type: T }>;

function factsOf<T extends TableFact['type']>(
  events: readonly SandboxEvent[],
  matchId: string,
  type: T,
): Fact<T>[] {
  return events.flatMap((event) =>
    event.type === 'table.changed' && event.matchId === matchId && event.event.type === type
      ? [event.event as Fact<T>]
      : [],
  );
}

const bySeat = (cards: HandStarted['holeCards']) =>
  Object.fromEntries(
    cards.flatMap((two, seat) => (two.length > 0 ? [[String(seat), two.map(formatCard)]] : [])),
  );

const game = { startingStack: 1_000, smallBlind: 5, bigBlind: 10, blindSchedule: [] };

describe('the records of a match', () => {
  it.each([2, 3, 6])('are what was played at a table of %i, chip for chip', async (seats) => {
    const open = await openPlatform({ ...game, seed: `records of ${seats}`, maxHands: 60 });
    const players = Array.from({ length: seats }, (_, seat) =>
      seat % 2 === 0 ? 'random' : 'tight-aggressive',
    );
    const { matchId } = await open.sandbox.play({ players });
    const end = await open.sandbox.result(matchId);
    const started: HandStarted[] = factsOf(open.events, matchId, 'handStarted');
    const ended: HandEnded[] = factsOf(open.events, matchId, 'handEnded');
    const reader = recordReader(open.sandbox);
    const [row, hands, replay] = [
      await reader.match(matchId),
      await reader.hands(matchId),
      await reader.replay(matchId),
    ];
    expect(ended.length).toBeGreaterThan(1);
    expect(row.participants.map(({ net_chips: chips }) => chips)).toEqual(
      end.results?.map(({ net_chips: chips }) => chips),
    );
    expect(row.participants.map(({ hands_won: won }) => won)).toEqual(
      end.results?.map(({ hands_won: won }) => won),
    );
    expect(
      hands.map(({ hand_number, board, hole_cards, winner_seats }) => ({
        hand_number,
        board,
        hole_cards,
        winner_seats,
      })),
    ).toEqual(
      ended.map(({ hand, board, winners }, index) => ({
        hand_number: hand,
        board: board.map(formatCard).join(''),
        hole_cards: bySeat(started[index]?.holeCards ?? []),
        winner_seats: winners,
      })),
    );
    // What went in is what was paid out, seat by seat.
    const put = chipsPutIn(hands, seats);
    expect(put.map((chips) => chips.reduce((sum, each) => sum + each, 0))).toEqual(
      ended.map(({ pot }) => pot),
    );
    for (const [index, { stacks, payouts }] of ended.entries()) {
      const paid = (seat: number) => payouts.find((payout) => payout.seat === seat)?.amount ?? 0;
      expect(stacks).toEqual(
        started[index]?.stacks.map((before, seat) => before - (put[index]?.[seat] ?? 0) + paid(seat)),
      );
    }
    expect(
      replay.hands.map(({ stacks_after: after, streets }) => ({ after, pot: streets.at(-1)?.pot_after })),
    ).toEqual(
      ended.map(({ stacks, pot }, index) => ({
        after: Object.fromEntries(
          stacks.flatMap((stack, seat) =>
            started[index]?.holeCards[seat]?.length === 0 ? [] : [[String(seat), stack]],
          ),
        ),
        pot,
      })),
    );
    if (seats !== 2) return;
    expect(stacksOfTwo(hands, 1_000)).toEqual(ended.map(({ stacks }) => [...stacks]));
  });

  it('keep the newest hands when there are too many, and say so of the others', async () => {
    const open = await openPlatform({ ...game, keepHands: 12, maxHands: 10 });
    const ids: string[] = [];
    for (let match = 0; match < 2; match += 1) {
      const { matchId } = await open.sandbox.play({ players: ['calling-station', 'calling-station'] });
      await open.sandbox.result(matchId);
      ids.push(matchId);
    }
    const reader = recordReader(open.sandbox);
    const [first = '', second = ''] = ids;
    await expect(reader.hands(first)).rejects.toThrow(/404.*SANDBOX_RECORD_FORGOTTEN/);
    expect(await reader.hands(second)).toHaveLength(10);
    expect((await reader.matches()).total).toBe(2);
  });
});
