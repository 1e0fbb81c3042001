/** A match at the edges: the very moment at which a time is over, numbers that are equal, fields that are left out. */
import { expect } from 'vitest';
import { RetryPolicy } from '../../src/machines/retry.js';
import type { TurnRequest } from '../../src/protocol/frames.js';
import { frames, type MatchHarness } from '../kit/match-harness.js';
import type { MatchScenario } from './match.scenarios.js';

/** Nothing of it is named. */
const unnamed = { retryPolicy: undefined };

const delayOf = (match: MatchHarness): number => {
  const last = match.reporter.commands.at(-1);
  return last?.type === 'match.retrying' ? last.delayMs : Number.NaN;
};

/** A connection is lost, and every dial fails at once, until one begins `sinceMs` after the loss. */
function dialUntil(match: MatchHarness, sinceMs: number): void {
  match.connect();
  const startMs = match.clock.now();
  match.socket.tell(frames.closed());
  match.clock.advance(delayOf(match));
  while (match.clock.now() - startMs < sinceMs) {
    match.socket.tell(frames.closed());
    match.clock.advance(delayOf(match));
  }
  expect(match.clock.now() - startMs).toBe(sinceMs);
}

/** A turn that names neither clock nor seat. */
function bareTurn(id: string, more: Partial<TurnRequest> = {}) {
  const { timeout_ms: _timeout, seat: _seat, ...frame } = frames.turn(id).frame;
  return { type: 'frame.turn_request' as const, frame: { ...frame, ...more } };
}

const inHand = (id: string, hand_number: number) => frames.turn(id, { state: { hand_number } });

/** The server played our turn for us. */
const playedForUs = (match: MatchHarness) =>
  match.socket.tell(frames.turnResult(0, { is_timeout: true, action: 'fold' }));

/** The hand ends with this many turns that the server played for us. */
function endHand(match: MatchHarness, timeouts: number, hand_number?: number): void {
  const entry = { seat: 0, action: 'fold', is_timeout: true };
  match.socket.tell({
    type: 'frame.round_result',
    frame: {
      type: 'round_result',
      result: {
        action_history: Array.from({ length: timeouts }, () => entry),
        ...(hand_number !== undefined && { hand_number }),
      },
    },
  });
}

const timeoutsOf = (match: MatchHarness): number => match.actor.getSnapshot().context.tally.timeouts;

export const matchEdgeScenarios: MatchScenario[] = [
  {
    title: 'as 35 s are over, seats are dialed every ten seconds',
    input: unnamed,
    play(match) {
      dialUntil(match, 34_750);
      match.clock.advance(249);
      match.socket.tell(frames.closed());
      expect(delayOf(match)).toBe(751);
      match.clock.advance(751);
      match.socket.tell(frames.closed());
      expect(delayOf(match)).toBe(10_000);
    },
  },
  {
    title: 'exactly 35 s after the loss the pace is that of the ten seconds',
    input: unnamed,
    play(match) {
      dialUntil(match, 34_750);
      match.clock.advance(250);
      match.socket.tell(frames.closed());
      expect(delayOf(match)).toBe(9_750);
    },
  },
  {
    title: 'exactly 35 s after the loss a busy server is given the time that it asks for',
    input: unnamed,
    play(match) {
      dialUntil(match, 34_750);
      match.clock.advance(250);
      match.socket.tell({ ...frames.closed(), httpStatus: 503, retryAfterMs: 20_000 });
      expect(delayOf(match)).toBe(20_000);
    },
  },
  {
    title: 'exactly 35 s after the loss a seat that is refused is believed to be gone',
    input: unnamed,
    play(match) {
      dialUntil(match, 34_750);
      match.clock.advance(250);
      match.socket.tell({ ...frames.closed(), httpStatus: 403 });
      expect(match.output()?.result.abandonReason).toBe('refused');
    },
  },
  {
    title: 'after the grace too many connections cost ten seconds from the refusal, not from the dial',
    input: unnamed,
    play(match) {
      dialUntil(match, 35_750);
      match.clock.advance(4_000);
      match.socket.tell(frames.closed(1008));
      expect(delayOf(match)).toBe(10_000);
      match.clock.advance(10_000);
      match.clock.advance(4_000);
      match.socket.tell(frames.closed());
      expect(delayOf(match)).toBe(6_000);
    },
  },
  {
    title: 'a match of which only the URL is known waits ten seconds where connections are limited',
    input: { announced: false, retryPolicy: undefined, random: () => 0 },
    play(match) {
      match.socket.tell(frames.closed(1008));
      expect(delayOf(match)).toBe(10_000);
      match.clock.advance(10_000);
      match.socket.tell({ ...frames.closed(), httpStatus: 503, retryAfterMs: 7_000 });
      expect(delayOf(match)).toBe(7_000);
    },
  },
  {
    title: 'a match of which only the URL is known is dialed for as long as the policy says, past any hold',
    input: {
      announced: false,
      retryPolicy: new RetryPolicy({ maxReconnectAttempts: Number.POSITIVE_INFINITY }),
    },
    play(match) {
      for (let dial = 0; dial < 20; dial++) {
        match.socket.tell(frames.closed());
        match.clock.advance(30_000);
        if (match.clock.pending() === 0) break;
      }
      expect(match.output()).toBe(undefined);
    },
  },
  {
    title: 'the first wait after a connection that lasted is a whole one',
    play(match) {
      match.connect();
      match.clock.advance(600);
      match.socket.tell(frames.closed());
      expect(delayOf(match)).toBe(1_000);
    },
  },
  {
    title: 'ten connections in a row that brought nothing new are enough',
    input: unnamed,
    play(match) {
      for (let connection = 1; connection <= 10; connection++) {
        match.connect();
        expect(match.output()).toBe(undefined);
        match.socket.tell(frames.closed());
        if (connection < 10) match.clock.advance(delayOf(match));
      }
      expect(match.output()?.result).toMatchObject({
        abandonReason: 'reconnects_exhausted',
        detail: 'The connection was lost (close code 1006) and 10 connections in a row brought nothing new.',
      });
    },
  },
  {
    title: 'a turn that names no clock has that of match_start',
    play(match) {
      match.connect();
      match.socket.tell(frames.matchStart());
      match.socket.tell(bareTurn('r1'));
      expect(match.bot.commands.at(-1)).toEqual({
        type: 'bot.decide',
        frame: bareTurn('r1').frame,
        deadlineAt: match.clock.now() + 4_500,
        expiresAt: match.clock.now() + 5_000,
      });
    },
  },
  {
    title: 'a turn that names no clock has that of the lobby before that of match_start',
    input: { decisionTimeoutMs: 9_000 },
    play(match) {
      match.connect();
      match.socket.tell(frames.matchStart());
      match.socket.tell(bareTurn('r1'));
      expect(match.bot.commands.at(-1)).toMatchObject({ expiresAt: match.clock.now() + 9_000 });
    },
  },
  {
    title: 'a turn that names no seat leaves the one that match_start named',
    play(match) {
      match.connect();
      match.socket.tell(frames.matchStart());
      match.socket.tell(bareTurn('r1'));
      expect(match.actor.getSnapshot().context.seat).toBe(0);
    },
  },
  {
    title: 'the latency of each turn counts from its own request',
    play(match) {
      match.playTo('r1');
      match.bot.tell(frames.decided('r1'));
      match.clock.advance(30_000);
      match.socket.tell(frames.turn('r2'));
      match.clock.advance(1_800);
      match.bot.tell({ type: 'bot.overdue', requestId: 'r2' });
      expect(match.reporter.commands.at(-1)).toMatchObject({
        type: 'turn.answered',
        requestId: 'r2',
        latencyMs: 1_800,
      });
    },
  },
  {
    title: 'the newest 128 turns are remembered: one older than twice as many is taken for a new one',
    play(match) {
      match.playTo('r0');
      for (let turn = 1; turn <= 256; turn++) {
        match.bot.tell(frames.decided(`r${turn - 1}`));
        match.socket.tell(frames.turn(`r${turn}`));
        match.socket.tell(frames.turn(`r${Math.max(0, turn - 127)}`));
        expect(match.reports().at(-1)).toBe('turn.repeated');
      }
      match.socket.tell(frames.turn('r0'));
      expect(match.bot.commands.at(-1)).toMatchObject({ type: 'bot.decide', frame: { request_id: 'r0' } });
    },
  },
  {
    title: 'a result with the number of the turn itself is older than an answer could be',
    play(match) {
      match.connect();
      match.socket.tell(frames.matchStart());
      match.socket.tell(frames.turn('r1', { seq: 7 }));
      match.socket.tell(frames.turnResult(0, {}, 7));
      expect(match.state()).toEqual({ playing: 'deciding' });
      match.socket.tell(frames.turnResult(0, {}, 8));
      expect(match.state()).toEqual({ playing: 'watching' });
    },
  },
  {
    title: 'a result that has no number, or comes for a turn that has none, closes our turn',
    play(match) {
      match.playTo('r1');
      match.socket.tell(frames.turnResult(0, {}, 8));
      expect(match.state()).toEqual({ playing: 'watching' });
      match.socket.tell(frames.turn('r2', { seq: 9 }));
      match.socket.tell(frames.turnResult(0));
      expect(match.state()).toEqual({ playing: 'watching' });
    },
  },
  {
    title: 'a result before any turn is nobody’s answer',
    play(match) {
      match.connect();
      match.socket.tell(frames.matchStart());
      match.socket.tell(frames.turnResult(0, { action: 'post' }, 2));
      match.socket.tell(frames.turnResult(0, { action: 'post' }));
      expect(match.state()).toEqual({ playing: 'watching' });
      expect(match.bot.commands.map(({ type }) => type)).toEqual(Array(4).fill('bot.observe'));
    },
  },
  {
    title: 'a turn that does not name its hand is of the hand that is played',
    play(match) {
      match.connect();
      match.socket.tell(frames.matchStart());
      match.socket.tell(inHand('r1', 7));
      playedForUs(match);
      match.socket.tell(frames.turn('r2'));
      match.bot.tell(frames.decided('r2'));
      endHand(match, 1, 7);
      expect(timeoutsOf(match)).toBe(1);
    },
  },
  {
    title: 'what was counted before the first turn that names its hand is of that hand',
    play(match) {
      match.playTo('r1');
      playedForUs(match);
      match.socket.tell(inHand('r2', 7));
      match.bot.tell(frames.decided('r2'));
      endHand(match, 1, 7);
      expect(timeoutsOf(match)).toBe(1);
    },
  },
  {
    title: 'a hand of another number begins with nothing counted',
    play(match) {
      match.connect();
      match.socket.tell(frames.matchStart());
      match.socket.tell(inHand('r1', 7));
      playedForUs(match);
      match.socket.tell(inHand('r2', 8));
      match.bot.tell(frames.decided('r2'));
      endHand(match, 1, 8);
      expect(timeoutsOf(match)).toBe(2);
    },
  },
];
