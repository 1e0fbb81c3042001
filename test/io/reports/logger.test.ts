import { describe, expect, it } from 'vitest';
import { createLogger, type LoggerOptions, logEvents } from '../../../src/io/reports/logger.js';
import type { AgentEvent } from '../../../src/protocol/events.js';
import type { MatchResult } from '../../../src/protocol/results.js';

const token = 'cz_extbot_ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

function linesOf(events: AgentEvent[], options: LoggerOptions = {}): Record<string, unknown>[] {
  const lines: string[] = [];
  const log = logEvents(
    createLogger({ level: 'trace', ...options, destination: { write: (line) => void lines.push(line) } }),
  );
  for (const event of events) log({ ...event, at: 1 });
  return lines.map((line) => {
    const { time, ...rest } = JSON.parse(line);
    expect(time).toBeTypeOf('number');
    return rest;
  });
}

const fault = { code: 'lobby_unreachable', message: 'gone' } as const;

const result: MatchResult = {
  matchId: 'm',
  participantId: 'p',
  rated: false,
  outcome: 'completed',
  abandonReason: null,
  detail: null,
  end: { type: 'match_end', reason: 'complete', results: [{ seat: 0 }] },
  seat: 0,
  netChips: 5,
  hands: 1,
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

describe('logEvents', () => {
  it('writes level, message and the fields of the event', () => {
    expect(
      linesOf([
        { type: 'lobby.listening', url: 'wss://h/x' },
        { type: 'match.error', matchId: 'm', code: 'c', message: 'said the server' },
        {
          type: 'turn.answered',
          matchId: 'm',
          requestId: 'r',
          answer: { action: 'fold' },
          source: 'bot',
          latencyMs: 3,
        },
        {
          type: 'turn.answered',
          matchId: 'm',
          requestId: 'r',
          answer: { action: 'fold' },
          source: 'overdue',
          latencyMs: 3,
        },
        {
          type: 'lobby.ended',
          reason: 'stopped',
          message: 'told to stop',
          completed: 1,
          abandoned: 0,
          fault: null,
        },
        {
          type: 'lobby.ended',
          reason: 'evicted',
          message: 'the same bot has connected elsewhere',
          completed: 1,
          abandoned: 0,
          fault: null,
        },
        { type: 'lobby.ended', reason: 'failed', message: fault.message, completed: 1, abandoned: 0, fault },
      ]),
    ).toEqual([
      { level: 30, event: 'lobby.listening', url: 'wss://h/x', msg: 'online in the lobby' },
      {
        level: 40,
        event: 'match.error',
        matchId: 'm',
        code: 'c',
        detail: 'said the server',
        msg: 'the server reported an error',
      },
      {
        level: 20,
        event: 'turn.answered',
        matchId: 'm',
        requestId: 'r',
        answer: { action: 'fold' },
        source: 'bot',
        latencyMs: 3,
        msg: 'answered',
      },
      {
        level: 40,
        event: 'turn.answered',
        matchId: 'm',
        requestId: 'r',
        answer: { action: 'fold' },
        source: 'overdue',
        latencyMs: 3,
        msg: 'answered',
      },
      {
        level: 30,
        event: 'lobby.ended',
        reason: 'stopped',
        detail: 'told to stop',
        completed: 1,
        abandoned: 0,
        fault: null,
        msg: 'session has ended',
      },
      {
        level: 40,
        event: 'lobby.ended',
        reason: 'evicted',
        detail: 'the same bot has connected elsewhere',
        completed: 1,
        abandoned: 0,
        fault: null,
        msg: 'session has ended',
      },
      {
        level: 50,
        event: 'lobby.ended',
        reason: 'failed',
        detail: 'gone',
        completed: 1,
        abandoned: 0,
        fault,
        msg: 'session has ended',
      },
    ]);
  });

  it('sums up the end of a match without the whole frame', () => {
    const { end: _end, ...rest } = result;
    expect(linesOf([{ type: 'match.ended', matchId: result.matchId, result }])).toEqual([
      { level: 30, event: 'match.ended', ...rest, reason: 'complete', msg: 'match ended' },
    ]);
  });

  it("writes the bot's own error with its stack", () => {
    const error = new Error('boom');
    expect(
      linesOf([{ type: 'bot.failed', matchId: 'm', hook: 'decide', message: 'boom', place: null, error }]),
    ).toEqual([
      {
        level: 50,
        event: 'bot.failed',
        matchId: 'm',
        place: null,
        hook: 'decide',
        detail: 'boom',
        err: { type: 'Error', message: 'boom', stack: error.stack },
        msg: 'the bot threw',
      },
    ]);
  });

  it('keeps quiet below its level', () => {
    const events: AgentEvent[] = [
      { type: 'match.repeated', matchId: 'm' },
      { type: 'match.skipped', matchId: 'm', why: 'too_many', message: 'x' },
    ];
    expect(linesOf(events, { level: 'warn' }).map((line) => line.event)).toEqual(['match.skipped']);
    expect(linesOf(events, { level: 'silent' })).toEqual([]);
  });

  it('cuts long, broad and deep values', () => {
    const asked = {
      text: 'x'.repeat(900),
      list: Array.from({ length: 90 }, () => 1),
      a: { b: { c: { d: { e: 1 } } } },
    };
    const [line] = linesOf([
      { type: 'turn.corrected', matchId: 'm', requestId: 'r', why: 'w', asked, sent: { action: 'fold' } },
    ]);
    expect(line?.asked).toEqual({
      text: 'x'.repeat(500),
      list: Array.from({ length: 30 }, () => 1),
      a: { b: { c: { d: '[deep]' } } },
    });
  });
});

describe('createLogger', () => {
  it('writes a secret nowhere, also one inside a field, an error or an escape', () => {
    const lines: string[] = [];
    const logger = createLogger({
      secrets: ['', token, 'a"b\\c of some length'],
      destination: { write: (line) => lines.push(line) },
    });
    logger.info(
      { deep: { [token]: `x${token}y` }, quoted: 'is a"b\\c of some length here' },
      `said ${token}`,
    );
    logger.child({ token }).error(new Error(`bad ${token}`));
    const text = lines.join('');
    expect(text).not.toContain('ABCDEFGHIJ');
    expect(text).not.toContain('a\\"b');
    expect(lines.map((line) => JSON.parse(line).msg)).toEqual(['said [token]', 'bad [token]']);
  });

  it('escapes control characters, so that a line cannot steer a terminal', () => {
    const lines: string[] = [];
    createLogger({ destination: { write: (line) => lines.push(line) } }).info(
      { a: '\u001b[2J\n\u0007' },
      'x\u001b[2J',
    );
    // oxlint-disable-next-line no-control-regex
    expect(lines.join('').trimEnd()).not.toMatch(/[\u0000-\u001f]/);
  });
});
