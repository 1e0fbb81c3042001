import { describe, expect, it } from 'vitest';
import type { SandboxOptions } from '../../../src/sandbox/index.js';
import { type FakeClient, openOfflinePlatform } from './hostile-platform.js';

/** A match whose players all sit at the table. */
function seated(seats: number, options: SandboxOptions = {}) {
  const platform = openOfflinePlatform({
    seed: 'forfeits',
    revealDelayMs: [0, 0],
    maxReconnects: 0,
    ...options,
  });
  const bots = platform.addBots(seats);
  const run = platform.start(bots.map(({ bot }) => bot.botId));
  const { matchId } = run;
  const clients = bots.map(({ token }, seat): FakeClient => {
    const client = platform.dial(matchId, run.seats[seat]?.participantId ?? '', token);
    client.say({ type: 'authenticate', match_id: matchId, token: '' });
    client.say({ type: 'hello', match_id: matchId, supported_versions: ['1.0'] });
    return client;
  });
  const faults = () => platform.events.filter(({ type }) => type === 'platform.fault');

  return {
    platform,
    run,
    clients,
    faults,
    /** The open turn is answered by its seat; `raise` is all-in. */
    act(action: string) {
      const turn = platform.events.findLast(({ type }) => type === 'turn.opened');
      if (turn?.type !== 'turn.opened') throw new Error('No turn was opened.');
      clients[turn.seat]?.say({
        type: 'turn_action',
        match_id: matchId,
        request_id: turn.requestId,
        action,
        ...(action === 'raise' && { params: { amount: 1_000_000 } }),
      });
      platform.settle();
      return turn.seat;
    },
    leave(seat: number) {
      clients[seat]?.gone();
      platform.settle();
    },
  };
}

describe('forfeits', () => {
  it('do not change a match that is played, though nobody was told yet how its last hand ended', () => {
    for (const leaver of [0, 1]) {
      const { platform, run, act, leave, faults } = seated(2, { revealDelayMs: [100, 100] });
      act('raise');
      platform.pass(100, 100);
      act('call');
      leave(leaver);
      platform.pass(100, 100);
      expect(faults()).toEqual([]);
      expect(run.end).toMatchObject({
        reason: 'complete',
        total_hands_played: 1,
        terminal_status: 'completed',
      });
      expect(run.end).not.toHaveProperty('forfeit_seat');
      platform.close();
    }
  });

  it('end the match when play leaves one player who did not forfeit', () => {
    // Three seats: 0 forfeits, then 1 and 2 play for all their chips.
    const { platform, run, act, leave, faults } = seated(3);
    leave(0);
    act('raise');
    act('call');
    const winner = run.end?.['forfeit_winner_seat'];
    expect(faults()).toEqual([]);
    expect([1, 2]).toContain(winner);
    expect(run.end).toMatchObject({
      total_hands_played: 1,
      forfeit_seat: 0,
      forfeit_reason: 'budget_exhausted',
      terminal_status: 'completed',
    });
    expect(run.end?.results?.map(({ final_stack: stack }) => stack)).toEqual(
      [0, 1, 2].map((seat) => (seat === winner ? 3_000 : 0)),
    );
    platform.close();
  });

  it('name the seat that forfeited last, in whatever order six of them leave', () => {
    for (const winner of [0, 1, 2, 3, 4, 5]) {
      for (const step of [1, 5]) {
        const { platform, run, leave, faults } = seated(6);
        const order = [1, 2, 3, 4, 5].map((turn) => (winner + turn * step) % 6);
        for (const seat of order) leave(seat);
        expect(faults()).toEqual([]);
        expect(run.end).toMatchObject({
          forfeit_seat: order.at(-1),
          forfeit_winner_seat: winner,
          terminal_status: 'completed',
        });
        platform.close();
      }
    }
  });

  it('are no disconnect of everybody when one of them is there and does not answer', () => {
    const { platform, run, act, leave, faults } = seated(3, { maxReconnects: 1 });
    const hasForfeited = () => platform.events.some(({ type }) => type === 'seat.forfeited');
    while (!hasForfeited()) {
      const turn = platform.events.findLast(({ type }) => type === 'turn.opened');
      if (turn?.type === 'turn.opened' && turn.seat === 0) platform.pass(5_000);
      else act('fold');
      act('check');
    }
    leave(1);
    leave(2);
    platform.pass(30_000);
    expect(faults()).toEqual([]);
    expect(run.end).toMatchObject({
      terminal_status: 'error',
      error_code: 'auto_substitute_limit',
      auto_substitute_limit_seat: 0,
    });
    expect(run.end).not.toHaveProperty('all_disconnected');
    platform.close();
  });
});

describe('a match that is ended before it is announced', () => {
  it('is announced to nobody', () => {
    const platform = openOfflinePlatform({ seed: 'a', dispatchDelayMs: 1_000 });
    const bots = platform.addBots(2);
    const lobbies = bots.map(({ bot, token }) => platform.goOnline(bot.botId, token));
    const run = platform.start(bots.map(({ bot }) => bot.botId));
    run.force('cancelled');
    platform.pass(1_000);
    expect(lobbies.map(({ frames }) => frames.map(({ type }) => type))).toEqual([['hello'], ['hello']]);
    platform.close();
  });
});
