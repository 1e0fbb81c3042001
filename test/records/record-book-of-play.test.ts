/** Records against what was played: every chip and card that the table told, read back over HTTP. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatCard } from '../../src/holdem/card.js';
import type { HandEnded, HandStarted, TableFact } from '../../src/holdem/facts.js';
import type { SandboxEvent } from '../../src/sandbox/index.js';
import { houseBotId } from '../../src/sandbox/terms/house-bot-id.js';
import { type Client, goOnline, sitDown } from '../kit/client.js';
import { makeFolder } from '../kit/folder.js';
import { openPlatform } from '../kit/platform.js';
import { chipsPutIn, recordReader, stacksOfTwo } from '../kit/record-reader.js';
import { seasonBot } from '../kit/season-bot.js';

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

describe('the records after a restart', () => {
  /** Folds or checks until the match is over, or so many hands are. */
  async function playHands(seat: Client, hands: number): Promise<void> {
    for (let over = 0; over < hands; ) {
      const frame = await seat.next();
      if (frame.type === 'match_end') return;
      if (frame.type === 'round_result') over += 1;
      if (frame.type !== 'turn_request') continue;
      const { match_id, request_id, valid_actions: offered } = frame;
      const action = (offered as string[]).includes('check') ? 'check' : 'fold';
      seat.say({ type: 'turn_action', match_id, request_id, action });
    }
  }

  it('go on with the hands of a match that goes on, and keep the results of those that were over', async () => {
    const state = join(makeFolder(), 'state.jsonl');
    const options = { ...game, state, maxHands: 6 };
    const first = await openPlatform(options);
    const { matchId: over } = await first.sandbox.play({
      players: ['random', 'calling-station'],
      rated: true,
    });
    const end = await first.sandbox.result(over);
    const { bot, seat, matchId } = await first.seated();
    await playHands(seat, 3);
    const before = await recordReader(first.sandbox).bot(houseBotId('random'));
    await first.close();

    const second = await openPlatform(options);
    const lobby = await goOnline({ token: bot.token, lobbyUrl: second.sandbox.bots()[0]?.lobbyUrl ?? '' });
    const back = await sitDown(second.url, await lobby.until('matched'), bot.token);
    await playHands(back, Infinity);
    await second.sandbox.result(matchId);
    const reader = recordReader(second.sandbox);
    expect((await reader.hands(matchId)).map(({ hand_number: hand }) => hand)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(stacksOfTwo(await reader.hands(matchId), 1_000).at(-1)).toEqual(
      (await second.sandbox.result(matchId)).results?.map(({ final_stack: stack }) => stack),
    );
    const row = await reader.match(over);
    expect(row).toMatchObject({ status: 'completed', started_at: null });
    expect(row.participants.map(({ net_chips: chips }) => chips)).toEqual(
      end.results?.map(({ net_chips: chips }) => chips),
    );
    await expect(reader.hands(over)).rejects.toThrow(/SANDBOX_RECORD_FORGOTTEN/);
    const { rating, wins, losses } = await reader.bot(houseBotId('random'));
    expect({ rating, wins, losses }).toEqual({
      rating: before.rating,
      wins: before.wins,
      losses: before.losses,
    });
  });

  it('are the same after a restart, but for hands and times, however their matches ended', async () => {
    const options = {
      ...game,
      state: join(makeFolder(), 'state.jsonl'),
      maxHands: 3,
      revealDelayMs: [0, 0] as const,
    };
    const first = await openPlatform(options);
    const bots = ['alder', 'birch'].map((name) => seasonBot(first.sandbox, name));
    for (const bot of bots) await bot.online();
    for (const bot of bots) await bot.ask('POST', '/matchmaking/join');
    await first.event('match.ended');
    for (const how of ['abandoned', 'error', 'gateway'] as const) {
      const { seat, matchId } = await first.seated();
      await playHands(seat, 1);
      first.sandbox.control.endMatch(matchId, how);
    }
    first.sandbox.control.failDispatch();
    await first.sandbox.dispatch(bots[0]?.botId ?? '');
    const listOf = async ({ sandbox }: typeof first) => {
      const { matches } = await recordReader(sandbox).matches();
      return matches.map((row) => ({ ...row, started_at: null }));
    };
    const before = await listOf(first);
    expect(before.map(({ match_type: type, status }) => [type, status])).toEqual([
      ['challenge', 'error'],
      ['challenge', 'error'],
      ['challenge', 'error'],
      ['challenge', 'abandoned'],
      ['matchmaking', 'completed'],
    ]);
    await first.close();
    const second = await openPlatform(options);
    expect(await listOf(second)).toEqual(before);
    for (const { id } of before) {
      await expect(recordReader(second.sandbox).hands(id)).rejects.toThrow(/SANDBOX_RECORD_FORGOTTEN/);
    }
  });
});
