import { describe, expect, it } from 'vitest';
import type { SessionStatus } from '../../src/status/session-status.js';
import { judgeStatus } from '../../src/status/status-verdict.js';
import { exampleStatus, writtenAt } from './example-status.js';

const minuteMs = 60_000;

function judged(status: SessionStatus, afterMs = 1_000) {
  const { code, word, message } = judgeStatus({ status }, writtenAt + afterMs, minuteMs);
  return [code, word, message];
}

describe('a session', () => {
  it.each<[number, string, string, SessionStatus]>([
    [0, 'ok', 'In the lobby for 2 h 0 min.', exampleStatus()],
    [
      0,
      'ok',
      'Ending: told to stop.',
      exampleStatus({ phase: 'ending', endReason: 'stopped', endMessage: 'told to stop' }),
    ],
    [
      0,
      'ok',
      'Out of the lobby on purpose for 31 s: the next fixture is tomorrow.',
      exampleStatus({
        phase: 'away',
        since: writtenAt - 30_000,
        awayWhy: 'the next fixture is tomorrow',
      }),
    ],
    [
      4,
      'fixture',
      'A fixture against birch starts in 59 s. Out of the lobby on purpose for 31 s.',
      exampleStatus(
        { phase: 'away', since: writtenAt - 30_000, awayWhy: 'told to stay out' },
        { nextFixture: { startsAt: writtenAt + 60_000, opponent: 'birch' } },
      ),
    ],
    [
      3,
      'down',
      'Not in the lobby yet (starting for 31 s).',
      exampleStatus({ phase: 'starting', since: writtenAt - 30_000 }),
    ],
    [
      3,
      'down',
      'Not in the lobby yet (connecting for 31 s).',
      exampleStatus({ phase: 'connecting', since: writtenAt - 30_000 }),
    ],
    [
      3,
      'down',
      'Not in the lobby for 3 min.',
      exampleStatus({ phase: 'offline', since: writtenAt - 3 * minuteMs }),
    ],
    [
      3,
      'down',
      'Not in the lobby: HTTP 401.',
      exampleStatus({ phase: 'ending', endReason: 'failed', endMessage: 'HTTP 401.' }),
    ],
    [
      3,
      'down',
      'The lobby is connected, and silent for 1 min.',
      exampleStatus({}, { lastTrafficAt: writtenAt - minuteMs - 1 }),
    ],
    [
      5,
      'evicted',
      'Evicted 2 h 0 min ago: the same bot has connected elsewhere.',
      exampleStatus({ phase: 'ending', endReason: 'evicted' }, { isEvicted: true }),
    ],
  ])('ends its monitor with %d: %s, %s', (code, word, message, status) => {
    expect(judged(status)).toEqual([code, word, message]);
  });

  it('is not silent for what came after its file was written, nor just after it came online again', () => {
    expect(judged(exampleStatus({}, { lastTrafficAt: writtenAt - minuteMs }), minuteMs)[0]).toBe(0);
    expect(judged(exampleStatus({ since: writtenAt }, { lastTrafficAt: writtenAt - 600_000 }))[0]).toBe(0);
  });

  it('that writes no more is stale, and so is one of a clock that was wrong', () => {
    expect(judged(exampleStatus(), minuteMs)[1]).toBe('ok');
    expect(judged(exampleStatus(), minuteMs + 1)).toEqual([
      1,
      'stale',
      'Written 1 min ago: the session (process 1234) is gone, or it is stuck.',
    ]);
    expect(judged(exampleStatus(), -2 * minuteMs)).toEqual([
      1,
      'stale',
      'Written 2 min from now: a clock was set, or is wrong.',
    ]);
    // Nothing else that stands in an old file counts.
    expect(judged(exampleStatus({ phase: 'offline' }), 10 * minuteMs)[0]).toBe(1);
  });

  it.each([
    ['stopped', false, 1, 'over', 'The session ended 1 d 2 h ago: told to stop.'],
    ['max_matches', false, 1, 'over', 'The session ended 1 d 2 h ago: told to stop.'],
    ['failed', false, 3, 'down', 'The session ended 1 d 2 h ago: told to stop.'],
    ['evicted', true, 5, 'evicted', 'Evicted 1 d 2 h ago: the same bot has connected elsewhere.'],
  ] as const)('that is over (%s) stays so however old the file is', (endReason, isEvicted, ...said) => {
    const status = exampleStatus(
      { phase: 'over', endReason, endMessage: 'told to stop', since: writtenAt },
      { isEvicted },
    );
    expect(judged(status, 26 * 60 * minuteMs)).toEqual(said);
  });
});

describe('a fixture that is near', () => {
  const away = { phase: 'offline', since: writtenAt - minuteMs } as const;
  const next = (minutes: number, opponent: string | null = 'birch') => ({
    nextFixture: { startsAt: writtenAt + 1_000 + minutes * minuteMs, opponent },
  });

  it.each([
    [12.01, 3],
    [12, 4],
    [0, 4],
    [-1.5, 4],
    [-1.51, 3],
  ])('%d minutes away makes %d of a lobby that is down', (minutes, code) => {
    expect(judged(exampleStatus(away, next(minutes)))[0]).toBe(code);
  });

  it('is named, and no matter to a bot in its lobby or to one that was evicted', () => {
    expect(judged(exampleStatus(away, next(5)))[2]).toBe(
      'A fixture against birch starts in 5 min. Not in the lobby for 1 min.',
    );
    expect(judged(exampleStatus(away, next(-1, null)))[2]).toBe(
      'A fixture has started 1 min ago. Not in the lobby for 1 min.',
    );
    expect(judged(exampleStatus({}, next(5)))[0]).toBe(0);
    expect(judged(exampleStatus(away, { ...next(5), isEvicted: true }))[0]).toBe(5);
  });
});

it.each([
  ['absent', 1],
  ['unreadable', 1],
] as const)('a file that is %s ends with %d', (why, code) => {
  const message = 'There is no file.';
  expect(judgeStatus({ status: null, why, message }, writtenAt, minuteMs)).toEqual({
    word: why,
    code,
    message,
  });
});
