import { describe, expect, it } from 'vitest';
import { describeEvent, isWarning } from '../../../src/io/reports/describe.js';
import type { Fault } from '../../../src/protocol/errors.js';
import {
  type AgentEvent,
  describeEnd,
  describeEndReason,
  type EndReason,
} from '../../../src/protocol/events.js';
import type { MatchResult } from '../../../src/protocol/results.js';

const matchId = '0123456789abcdef';
const hand: Extract<AgentEvent, { type: 'hand.ended' }> = {
  type: 'hand.ended',
  matchId,
  hand: 12,
  seat: 0,
  stacks: [1040, 960],
  winners: [0],
  pot: 80,
  netChips: null,
};

const result: MatchResult = {
  matchId,
  participantId: 'p',
  rated: false,
  outcome: 'completed',
  abandonReason: null,
  detail: null,
  end: { type: 'match_end', reason: 'complete' },
  seat: 0,
  netChips: 120,
  hands: 40,
  turns: 2,
  fallbacks: 0,
  corrections: 0,
  rejections: 0,
  timeouts: 0,
  resumes: 0,
  latencyMs: { count: 2, p50: 1, p95: 1, p99: 1, max: 1 },
  startedAt: 1,
  endedAt: 2,
};

const told: [AgentEvent, string | null][] = [
  [
    { type: 'config.proxy', proxy: 'http://h:1', variable: 'HTTPS_PROXY' },
    'going through the proxy http://h:1, as HTTPS_PROXY says',
  ],
  [{ type: 'lobby.connecting', url: 'wss://h/x', attempt: 0 }, 'connecting to wss://h/x'],
  [{ type: 'lobby.connecting', url: 'wss://h/x', attempt: 2 }, 'connecting to wss://h/x (attempt 3)'],
  [{ type: 'lobby.lost', loss: { code: 1006, reason: '' } }, 'lobby lost: code 1006'],
  [
    { type: 'lobby.lost', loss: { code: 1006, reason: 'busy', httpStatus: 503 } },
    'lobby lost: HTTP 503, busy',
  ],
  [{ type: 'lobby.retrying', attempt: 1, delayMs: 1_540 }, 'trying the lobby again in 1.5 s'],
  [
    {
      type: 'lobby.ended',
      reason: 'stopped',
      message: 'told to stop',
      completed: 2,
      abandoned: 1,
      fault: null,
    },
    'session over: 2 completed, 1 abandoned; told to stop',
  ],
  [{ type: 'match.announced', matchId, participantId: 'p', rated: true, resume: false }, null],
  [
    { type: 'card.unread', matchId, field: 'board', found: '"1d"' },
    'match 01234567: a card in board cannot be read, the bot does not see it: "1d"',
  ],
  [
    { type: 'match.started', matchId, seat: 1, opponents: ['a', 'b'] },
    'match 01234567: started at seat 1 against a, b',
  ],
  [
    { type: 'match.started', matchId, seat: null, opponents: [] },
    'match 01234567: started against nobody known',
  ],
  [
    { type: 'bot.failed', matchId, hook: 'background', message: 'x', place: null, error: null },
    'match 01234567: the bot failed outside of its hooks: x',
  ],
  [
    { type: 'bot.failed', matchId, hook: 'worker', message: 'No worker answers.', place: null, error: null },
    'match 01234567: No worker answers.',
  ],
  [
    { type: 'bot.terminated', matchId, why: 'exited', message: 'The bot ended its own thread.', error: null },
    'match 01234567: The bot ended its own thread.',
  ],
  [
    { type: 'bot.restarted', matchId, replayed: 12, restored: false },
    'match 01234567: a fresh bot took over, shown 12 events of the match',
  ],
  [
    { type: 'bot.restarted', matchId, replayed: 1, restored: true },
    'match 01234567: a fresh bot took over from its snapshot, shown 1 event of the match',
  ],
  [{ ...hand, netChips: 40 }, 'match 01234567: hand 12: won 40 in a pot of 80, 1040 of 2000 chips'],
  [
    { ...hand, netChips: -5, winners: [1] },
    'match 01234567: hand 12: lost 5 in a pot of 80, 1040 of 2000 chips',
  ],
  [{ ...hand, netChips: 0 }, 'match 01234567: hand 12: even in a pot of 80, 1040 of 2000 chips'],
  [{ ...hand, netChips: 40, pot: null }, 'match 01234567: hand 12: won 40, 1040 of 2000 chips'],
  [hand, 'match 01234567: hand 12: won a pot of 80, 1040 of 2000 chips'],
  [{ ...hand, winners: [1] }, 'match 01234567: hand 12: lost a pot of 80, 1040 of 2000 chips'],
  [{ ...hand, winners: [0, 1] }, 'match 01234567: hand 12: split a pot of 80, 1040 of 2000 chips'],
  [
    { ...hand, hand: null, seat: null, pot: null, winners: [0, 1] },
    'match 01234567: hand ?: seat 0 and 1 won',
  ],
  [
    { type: 'match.ended', matchId: result.matchId, result },
    'match 01234567: ended: complete, +120 chips in 40 hands',
  ],
  [
    { type: 'match.ended', matchId, result: { ...result, netChips: -5, hands: 1 } },
    'match 01234567: ended: complete, -5 chips in 1 hand',
  ],
  [
    {
      type: 'match.ended',
      matchId,
      result: { ...result, outcome: 'abandoned', end: null, detail: 'It was cut.' },
    },
    'match 01234567: abandoned after 40 hands: It was cut.',
  ],
  [
    {
      type: 'turn.corrected',
      matchId,
      requestId: 'r',
      why: 'A raise to 5 is too low.',
      asked: 5,
      sent: { action: 'raise', params: { amount: 20 } },
    },
    'match 01234567: A raise to 5 is too low. Sent raise 20 instead.',
  ],
  [
    { type: 'frame.refused', leg: 'lobby', matchId: null, why: 'too_large', frameType: 'pong' },
    'lobby: a pong frame was not sent: too large',
  ],
];

describe('describeEvent', () => {
  it.each(told)('%o', (event, line) => {
    expect(describeEvent(event)).toBe(line);
  });

  it('tells why a session ends to the end of the sentence', () => {
    const why =
      'The lobby could not be reached (close code 1006: The proxy http://127.0.0.1:3128 cannot be used: connect ECONNREFUSED 127.0.0.1:3128) in 6 attempts: check the URL and your network.';
    const fault: Fault = { code: 'lobby_unreachable', message: why };
    expect(
      describeEvent({ type: 'lobby.draining', reason: 'failed', message: fault.message, live: 0, fault }),
    ).toBe(`ending: ${why}`);
  });

  it('strips what could steer a terminal, and keeps lines short', () => {
    const opponents = [`\u001b[2J\r\n\u202e${'x'.repeat(500)}`];
    const line = describeEvent({ type: 'match.started', matchId, seat: 0, opponents });
    expect(line).toMatch(/^match 01234567: started at seat 0 against \[2Jx+$/);
    expect(line).toHaveLength(300);
  });
});

describe('the line of a session that ends', () => {
  it.each<[EndReason, number, Fault | null, string]>([
    ['stopped', 0, null, 'ending: told to stop'],
    ['stopped', 2, null, 'ending with 2 live: told to stop'],
    ['max_matches', 1, null, 'ending with 1 live: no more matches were asked for'],
    ['evicted', 0, null, 'ending: the same bot has connected elsewhere'],
    ['failed', 0, { code: 'lobby_unreachable', message: 'No way.' }, 'ending: No way.'],
    ['failed', 0, null, 'ending: it cannot go on'],
  ])('says why: %s with %i live', (reason, live, fault, line) => {
    const message = describeEndReason(reason, fault);
    expect(describeEvent({ type: 'lobby.draining', reason, message, live, fault })).toBe(line);
  });
});

describe('a match_end with odd values', () => {
  const odd: [string, Record<string, unknown>, string][] = [
    ['a reason that is a number', { reason: 5 }, 'ended'],
    ['a reason that is an object without a text', { reason: { toString: 5, valueOf: null } }, 'ended'],
    ['a reason that is a list', { reason: ['complete'] }, 'ended'],
    ['a reason that is null, and a status', { reason: null, terminal_status: 'error' }, 'error'],
    ['a reason that is empty, and a status that is a flag', { reason: ' ', terminal_status: true }, 'ended'],
    ['a reason of several lines', { reason: 'a\nb\u001b[2J\u2028c' }, 'ab[2Jc'],
    ['a reason that is very long', { reason: 'x'.repeat(2_000_000) }, 'x'.repeat(300)],
  ];
  it.each(odd)('is told in one line: %s', (_what, fields, said) => {
    const end = { type: 'match_end', ...fields } as NonNullable<MatchResult['end']>;
    const line = describeEvent({ type: 'match.ended', matchId, result: { ...result, end } });
    expect(line).toBe(`match 01234567: ended: ${said}, +120 chips in 40 hands`.slice(0, 300));
    expect(describeEnd(end)).toBeTypeOf('string');
  });
});

describe('a warning', () => {
  const refusing: AgentEvent = {
    type: 'lobby.refusing',
    httpStatus: 404,
    forMs: 585_000,
    patienceMs: 600_000,
    message:
      'The lobby was there before and answers HTTP 404 for 585 s now. Unless it is being updated, check bot id, environment and URL; tried for 15 s more.',
  };

  it('is a line that is shown whole, and goes to standard error', () => {
    const configured: AgentEvent = { type: 'config.warning', message: 'x' };
    expect([refusing, configured, { type: 'lobby.listening', url: 'u' } as const].map(isWarning)).toEqual([
      true,
      true,
      false,
    ]);
    expect(describeEvent(refusing)).toBe(`warning: ${refusing.message}`);
  });
});
