/** Tables of other games (docs/protocol.md 9): only the bot and the server know which answers are legal there. */
import { expect } from 'vitest';
import { frames, type MatchHarness } from '../kit/match-harness.js';
import type { MatchScenario } from './match.scenarios.js';

const rejected = frames.rejected('r1', { valid_actions: ['place'], reason: 'illegal_placement' });

/** Seated at another game, and asked to decide `r1`. */
function playElsewhere(match: MatchHarness, actions = ['place']): void {
  match.socket.tell({ type: 'socket.opened' });
  match.socket.tell(frames.hello({ game: { game_type: 'ofc', variant: 'pineapple' } }));
  match.socket.tell(frames.matchStart());
  match.socket.tell(frames.turn('r1', { valid_actions: actions }));
  match.bot.take();
}

/** What the bot was commanded since, but what it was shown. */
const commands = (match: MatchHarness) => match.bot.take().filter(({ type }) => type !== 'bot.observe');

export const matchGamesScenarios: MatchScenario[] = [
  {
    title: 'asks the bot of another game again with the rejection, for the time that is left',
    play(match) {
      playElsewhere(match);
      match.clock.advance(500);
      match.bot.tell(frames.decided('r1', 'place'));
      match.clock.advance(100);
      match.socket.tell(rejected);
      expect(match.state()).toEqual({ playing: 'deciding' });
      expect(commands(match)).toEqual([
        {
          type: 'bot.decide',
          frame: frames.turn('r1', { valid_actions: ['place'] }).frame,
          rejection: rejected.frame,
          // 1400 ms are left of 2000, less the margin of a tenth.
          deadlineAt: match.clock.now() + 1_200,
          expiresAt: match.clock.now() + 1_400,
        },
      ]);
      match.bot.tell(frames.decided('r1', 'place'));
      match.socket.tell(frames.rejected('r1', { valid_actions: ['place'], remaining_ms: 700 }));
      expect(commands(match)).toMatchObject([
        { deadlineAt: match.clock.now() + 500, expiresAt: match.clock.now() + 700 },
      ]);
      match.bot.tell(frames.decided('r1', 'place'));
      match.socket.tell(frames.turnResult(0));
      expect(match.answers()).toEqual(['r1: place', 'r1: place', 'r1: place']);
      expect(match.reporter.commands.filter(({ type }) => type === 'turn.rejected')).toMatchObject([
        { retried: true },
        { retried: true },
      ]);
      expect(match.actor.getSnapshot().context.tally).toMatchObject({
        rejections: 2,
        turns: 1,
        fallbacks: 0,
        timeouts: 0,
      });
    },
  },
  {
    title: 'asks the bot of another game three times more, and then leaves the turn to the server',
    play(match) {
      playElsewhere(match);
      for (let asked = 0; asked < 5; asked += 1) {
        match.bot.tell(frames.decided('r1', 'place'));
        match.socket.tell(rejected);
      }
      expect(match.answers()).toHaveLength(4);
      expect(match.state()).toEqual({ playing: 'watching' });
      match.socket.tell(frames.turnResult(0, { action: 'place', is_timeout: true }));
      expect(match.actor.getSnapshot().context.tally.timeouts).toBe(1);
    },
  },
  {
    title: 'does not ask the bot of another game again when no time is left for it',
    play(match) {
      playElsewhere(match);
      match.bot.tell(frames.decided('r1', 'place'));
      commands(match);
      // As long as the margin: the answer would come too late.
      match.socket.tell(frames.rejected('r1', { valid_actions: ['place'], remaining_ms: 200 }));
      match.socket.tell(frames.rejected('r0', { valid_actions: ['place'] }));
      expect([commands(match), match.answers()]).toEqual([[], ['r1: place']]);
    },
  },
  {
    title: 'answers for a bot of another game whose answers are rejected, where something is free',
    play(match) {
      playElsewhere(match, ['fold', 'call', 'raise']);
      for (let asked = 0; asked < 4; asked += 1) {
        match.bot.tell(frames.decided('r1', 'raise'));
        match.socket.tell(frames.rejected('r1', { valid_actions: ['fold', 'call', 'raise'] }));
      }
      expect(match.answers()).toEqual([...Array.from({ length: 4 }, () => 'r1: raise'), 'r1: fold']);
    },
  },
  {
    title: 'takes no action of poker that the rejection of another game does not offer',
    play(match) {
      playElsewhere(match, ['place']);
      match.bot.tell(frames.decided('r1', 'place'));
      // What the decoder makes of a rejection without `valid_actions`.
      match.socket.tell(frames.rejected('r1', { valid_actions: ['check', 'fold'], remaining_ms: 200 }));
      expect(match.answers()).toEqual(['r1: place']);
    },
  },
  {
    title: 'leaves the turn of a bot that is late to the server, at another game',
    play(match) {
      playElsewhere(match);
      match.clock.advance(1_800);
      match.bot.tell({ type: 'bot.overdue', requestId: 'r1' });
      expect(match.state()).toEqual({ playing: 'watching' });
      expect(commands(match)).toEqual([
        { type: 'bot.abort', requestId: 'r1', missed: { by: 'server', answer: null, waitedMs: 1_800 } },
      ]);
      // What it says now is late, and a repeat of the turn changes nothing.
      match.bot.tell(frames.decided('r1', 'place'));
      match.socket.tell(frames.turn('r1', { valid_actions: ['place'] }));
      expect([commands(match), match.answers()]).toEqual([[], []]);
      match.socket.tell(frames.turnResult(0, { action: 'place', is_timeout: true }));
      expect(match.reports().slice(-4)).toEqual([
        'turn.overdue',
        'turn.late',
        'turn.repeated',
        'turn.timed_out',
      ]);
      expect(match.reporter.commands.find(({ type }) => type === 'turn.overdue')).toEqual({
        type: 'turn.overdue',
        matchId: 'm1',
        requestId: 'r1',
        left: true,
      });
      expect(match.actor.getSnapshot().context.tally).toMatchObject({ fallbacks: 0, timeouts: 1 });
    },
  },
  {
    title: 'sends what a late bot of another game has proposed',
    play(match) {
      playElsewhere(match);
      match.bot.tell({ type: 'bot.overdue', requestId: 'r1', proposal: { action: 'place', params: {} } });
      expect(match.answers()).toEqual(['r1: place']);
    },
  },
  {
    title: 'stands pat for a late bot at a draw',
    play(match) {
      playElsewhere(match, ['draw']);
      match.bot.tell({ type: 'bot.overdue', requestId: 'r1' });
      expect(match.answers()).toEqual(['r1: draw']);
    },
  },
  {
    title: 'leaves the turn to the server when a bot of another game has blocked past its clock',
    play(match) {
      playElsewhere(match);
      match.clock.advance(2_000);
      match.bot.tell(frames.decided('r1', 'place'));
      expect([match.state(), match.answers()]).toEqual([{ playing: 'watching' }, []]);
      expect(match.reports().slice(-2)).toEqual(['turn.late', 'turn.overdue']);
    },
  },
  {
    title: 'leaves the turn of a bot that throws to the server, at another game',
    play(match) {
      playElsewhere(match);
      match.bot.tell(frames.failed('r1'));
      expect([match.state(), match.answers()]).toEqual([{ playing: 'watching' }, []]);
      match.socket.tell(frames.turn('r2', { valid_actions: ['place'] }));
      expect(match.state()).toEqual({ playing: 'deciding' });
      expect(match.actor.getSnapshot().context.tally).toMatchObject({ turns: 2, timeouts: 1 });
    },
  },
  {
    title: 'leaves turns to the server that ran out while the connection was away, at another game',
    play(match) {
      playElsewhere(match);
      match.socket.tell(frames.closed());
      match.bot.tell({ type: 'bot.overdue', requestId: 'r1' });
      match.clock.advance(1_000);
      playElsewhere(match);
      expect([match.state(), match.answers()]).toEqual([{ playing: 'watching' }, []]);
      match.socket.tell(frames.turn('r2', { valid_actions: ['place'] }));
      match.socket.tell(frames.closed());
      match.bot.tell(frames.failed('r2'));
      expect(match.answers()).toEqual([]);
    },
  },
  {
    title: 'leaves a turn to the server whose answer cannot be sent, at another game',
    play(match) {
      playElsewhere(match);
      match.bot.tell(frames.decided('r1', 'place'));
      match.socket.tell({
        type: 'socket.refused',
        why: 'too_large',
        frameType: 'turn_action',
        requestId: 'r1',
      });
      expect(match.actor.getSnapshot().context).toMatchObject({ answer: null, turn: { isLeft: true } });
      // A server that finds the frame too large says so by a close; the answer does not go out again.
      match.socket.tell(frames.turn('r2', { valid_actions: ['place'] }));
      match.bot.tell(frames.decided('r2', 'place'));
      match.socket.tell(frames.closed(4008, 'message_too_large'));
      match.clock.advance(1_000);
      playElsewhere(match);
      match.socket.tell(frames.turn('r2', { valid_actions: ['place'] }));
      expect(match.answers()).toEqual(['r1: place', 'r2: place']);
    },
  },
];
