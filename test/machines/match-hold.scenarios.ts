/** How long a seat is dialed, at which pace, and what ends that: docs/protocol.md 8.3 on scripted ports. */
import { expect } from 'vitest';
import { DEFAULT_RETRY_POLICY, RetryPolicy } from '../../src/machines/retry.js';
import { frames, type MatchHarness } from '../kit/match-harness.js';
import type { MatchScenario } from './match.scenarios.js';

const refused = (httpStatus: number, retryAfterMs?: number) => ({
  ...frames.closed(1006, ''),
  httpStatus,
  ...(retryAfterMs !== undefined && { retryAfterMs }),
});

/** Refuses every dial until the match is given up, and tells when each was made, in seconds since now. */
function refuseAll(match: MatchHarness, loss: ReturnType<typeof refused> | ReturnType<typeof frames.closed>) {
  const startMs = match.clock.now();
  const dialedAt: number[] = [];
  while (match.output() === undefined && dialedAt.length < 100) {
    match.socket.tell(loss);
    const last = match.reporter.commands.at(-1);
    if (last?.type !== 'match.retrying') break;
    match.clock.advance(last.delayMs);
    dialedAt.push((match.clock.now() - startMs) / 1_000);
  }
  return dialedAt;
}

const everySecond = Array.from({ length: 35 }, (_, index) => index + 0.75);
const everyTen = Array.from({ length: 26 }, (_, index) => 44.75 + 10 * index);
/** 0.25, 0.75, 1.75, ... 34.75, 35.75 s, then every 10 s, and a last one as the time ends. */
const wholeHold = [0.25, ...everySecond, 35.75, ...everyTen.map((at) => at + 1), 300];

/** Nothing of it is named. */
const unnamed = { retryPolicy: undefined };

export const matchHoldScenarios: MatchScenario[] = [
  {
    title: 'an announced match is dialed every second for 35 s, then every ten until 300 s have passed',
    input: unnamed,
    play(match) {
      const dialedAt = refuseAll(match, refused(503));
      expect(dialedAt).toEqual(wholeHold);
      expect(match.output()?.result).toMatchObject({
        abandonReason: 'reconnects_exhausted',
        detail: 'The connection was lost (HTTP 503) and the seat could not be taken back in 300 s.',
      });
    },
  },
  ...[
    undefined,
    new RetryPolicy(),
    DEFAULT_RETRY_POLICY,
    new RetryPolicy({ maxReconnectAttempts: undefined }),
  ].map(
    (retryPolicy, index): MatchScenario => ({
      title: `a policy that names nothing changes nothing (${index})`,
      input: { retryPolicy },
      play(match) {
        match.connect();
        match.clock.advance(600_000);
        expect(refuseAll(match, frames.closed(1011))).toEqual(wholeHold);
      },
    }),
  ),
  {
    title: 'the time is counted from the loss of the last greeted connection, however long that lasted',
    input: unnamed,
    play(match) {
      match.connect();
      match.clock.advance(3_600_000);
      match.socket.tell(frames.closed());
      match.clock.advance(250);
      match.connect();
      match.clock.advance(3_600_000);
      expect(refuseAll(match, refused(502)).at(-1)).toBe(300);
    },
  },
  {
    title: 'a dial that is neither refused nor greeted is given up after five seconds',
    input: unnamed,
    play(match) {
      match.connect();
      match.socket.tell(frames.closed());
      match.clock.advance(250);
      match.clock.advance(2_000);
      match.socket.tell({ type: 'socket.opened' });
      match.clock.advance(2_999);
      expect(match.state()).toEqual({ resuming: 'handshaking' });
      match.clock.advance(1);
      expect(match.state()).toEqual({ resuming: 'waiting' });
    },
  },
  {
    title:
      'the pace is from dial to dial: a refusal that took its time, or none at all, is followed the sooner',
    input: unnamed,
    play(match) {
      match.connect();
      const waits = [0, 0, 0, 300, 2_000].map((tookMs) => {
        match.clock.advance(tookMs);
        match.socket.tell(refused(503));
        const last = match.reporter.commands.at(-1);
        const delayMs = last?.type === 'match.retrying' ? last.delayMs : Number.NaN;
        match.clock.advance(delayMs);
        return delayMs;
      });
      expect(waits).toEqual([250, 500, 1_000, 700, 250]);
    },
  },
  {
    title: 'a clean close before the end of the match is a loss like any other',
    input: unnamed,
    play(match) {
      match.connect();
      match.socket.tell(frames.closed(1000, 'bye'));
      expect(match.state()).toEqual({ resuming: 'waiting' });
    },
  },
  ...[401, 403].map(
    (status): MatchScenario => ({
      title: `HTTP ${status} is not believed while every platform may hold the seat, and is believed after 35 s`,
      input: unnamed,
      play(match) {
        match.connect();
        const dialedAt = refuseAll(match, refused(status));
        expect(dialedAt.at(-1)).toBe(35.75);
        expect(match.output()?.result.abandonReason).toBe('refused');
      },
    }),
  ),
  ...[400, 404, 408, 421, 426, 429, 500, 502, 503, 504, 530, 301].map(
    (status): MatchScenario => ({
      title: `HTTP ${status} is a refused dial, and asks in vain for patience while every platform may hold the seat`,
      input: unnamed,
      play(match) {
        match.connect();
        const dialedAt = refuseAll(match, refused(status, 60_000));
        expect(dialedAt.filter((at) => at < 36)).toEqual(wholeHold.filter((at) => at < 36));
        expect(dialedAt.filter((at) => at > 36)).toEqual([95.75, 155.75, 215.75, 275.75, 300]);
      },
    }),
  ),
  {
    title: 'too many connections make no difference while every second counts, and slow the dials later',
    input: unnamed,
    play(match) {
      match.connect();
      expect(refuseAll(match, frames.closed(1008))).toEqual(wholeHold);
    },
  },
  ...(
    [
      ['an error of the gateway that the grace is over', 4011, 'grace_expired', 'reconnects_exhausted'],
      [
        'an error of the gateway that the reconnects are over',
        4011,
        'budget_exhausted',
        'reconnects_exhausted',
      ],
      ['a match that has ended', 4005, null, 'refused'],
      ['an older server whose grace is over', 4010, null, 'reconnects_exhausted'],
      ['a seat that is refused', 4001, null, 'refused'],
    ] as const
  ).map(
    ([what, code, error, reason]): MatchScenario => ({
      title: `${what} ends the match at once`,
      input: unnamed,
      play(match) {
        match.connect();
        match.socket.tell(frames.closed());
        match.clock.advance(250);
        match.socket.tell({ type: 'socket.opened' });
        if (error !== null) match.socket.tell(frames.error(error));
        match.socket.tell(frames.closed(code));
        expect(match.output()?.result.abandonReason).toBe(reason);
      },
    }),
  ),
  {
    title: 'a seat with a connection that still counts as alive, and one without a table yet, are dialed on',
    input: unnamed,
    play(match) {
      match.connect();
      for (const [error, code] of [
        ['duplicate_participant', 4011],
        ['oops', 4002],
        ['oops', 1013],
      ] as const) {
        match.socket.tell(frames.closed());
        match.clock.advance(1_000);
        match.socket.tell({ type: 'socket.opened' });
        match.socket.tell(frames.error(error));
        match.socket.tell(frames.closed(code));
        match.clock.advance(1_000);
      }
      expect(match.state()).toEqual({ resuming: 'dialing' });
    },
  },
  {
    title: 'refused dials are not counted as connections that brought nothing new',
    input: unnamed,
    play(match) {
      match.connect();
      for (let dial = 0; dial < 20; dial++) {
        match.socket.tell(frames.closed());
        match.clock.advance(1_000);
        match.socket.tell({ type: 'socket.opened' });
      }
      expect(match.actor.getSnapshot().context.link.barren).toBe(1);
    },
  },
  {
    title: 'of a policy only the longest delay is named: it makes the pace, and no number ends the dials',
    input: { retryPolicy: new RetryPolicy({ maxBackoffMs: 100 }) },
    play(match) {
      match.connect();
      const dialedAt = refuseAll(match, refused(503));
      expect(dialedAt.slice(0, 4)).toEqual([0.1, 0.2, 0.3, 0.4]);
      expect(dialedAt).toHaveLength(100);
    },
  },
  {
    title: 'of a policy only the number is named: the pace stays, and a greeted connection begins a new row',
    input: { retryPolicy: new RetryPolicy({ maxReconnectAttempts: 2 }) },
    play(match) {
      match.connect();
      match.socket.tell(frames.closed());
      match.clock.advance(250);
      match.socket.tell(refused(503));
      match.clock.advance(500);
      match.connect();
      const dialedAt = refuseAll(match, refused(503));
      expect(dialedAt).toEqual([1, 2]);
      expect(match.output()?.result.abandonReason).toBe('reconnects_exhausted');
    },
  },
  {
    title: 'a known match that never greeted us ends after the five reconnects of the default policy',
    input: { announced: false, retryPolicy: undefined },
    play(match) {
      expect(refuseAll(match, refused(502))).toEqual([0.5, 1.5, 3.5, 7.5, 15.5]);
      expect(match.output()?.result.abandonReason).toBe('reconnects_exhausted');
    },
  },
  {
    title: 'a known match that never greeted us believes a refusal at once, and waits long for an answer',
    input: { announced: false, retryPolicy: undefined },
    play(match) {
      match.clock.advance(15_000);
      match.clock.advance(500);
      match.socket.tell({ type: 'socket.opened' });
      match.clock.advance(9_999);
      expect(match.state()).toEqual({ resuming: 'handshaking' });
      match.socket.tell(refused(403));
      expect(match.output()?.result.abandonReason).toBe('refused');
    },
  },
  {
    title: 'a known match that has greeted us is dialed like any other',
    input: { announced: false, retryPolicy: undefined },
    play(match) {
      match.connect();
      expect(refuseAll(match, refused(502))).toEqual(wholeHold);
    },
  },
  {
    title: 'the first dial waits for the bot to be made',
    botIsSlow: true,
    play(match) {
      expect(match.state()).toEqual({ connecting: 'preparing' });
      match.actor.send({ type: 'match.announced', gatewayUrl: 'ws://127.0.0.1/other' });
      match.clock.advance(3_000);
      match.bot.tell({ type: 'bot.ready' });
      expect(match.socket.take()).toEqual([{ type: 'socket.connect', url: 'ws://127.0.0.1/other' }]);
    },
  },
  {
    title: 'a bot that is not made within ten seconds is no longer waited for',
    botIsSlow: true,
    play(match) {
      match.clock.advance(9_999);
      expect(match.socket.take()).toEqual([]);
      match.clock.advance(1);
      expect(match.state()).toEqual({ connecting: 'dialing' });
      match.bot.tell({ type: 'bot.ready' });
      expect(match.state()).toEqual({ connecting: 'dialing' });
    },
  },
];
