import { expect, it } from 'vitest';
import { copyOfMatchContext, copyOfTally, newMatch } from '../../src/machines/match.context.js';
import { noRecentIds } from '../../src/machines/recent-ids.js';
import { DEFAULT_RETRY_POLICY, rulesOf } from '../../src/machines/retry.js';
import { emptyHistogram } from '../../src/time/latency.js';

const now = () => 7;
const random = () => 0;

it('the context of a match has few enough entries to stay a fast object when `assign` copies it', () => {
  const context = newMatch({ matchId: 'm', gatewayUrl: 'ws://x', now, random });
  expect(Object.keys(context).length).toBeLessThanOrEqual(16);
});

it('copies of a context and of a tally have all that the original has, in its order', () => {
  const context = newMatch({ matchId: 'm', gatewayUrl: 'ws://x', now, random });
  const marked = (original: object): object =>
    Object.fromEntries(Object.keys(original).map((name) => [name, { name }]));
  for (const [original, copy] of [
    [marked(context), copyOfMatchContext],
    [marked(context.tally), copyOfTally],
  ] as [object, (original: object) => object][]) {
    const copied = copy(original);
    expect(copied).not.toBe(original);
    expect(Object.entries(copied)).toStrictEqual(Object.entries(original));
  }
});

it('a match begins with nothing behind it, and with the defaults of its input', () => {
  expect(newMatch({ matchId: 'm', gatewayUrl: 'wss://x', now, random })).toStrictEqual({
    matchId: 'm',
    fixed: {
      now,
      random,
      clientName: 'chipzen-agent',
      clientVersion: 'unknown',
      supportedGames: null,
      safeMode: true,
      marginMs: null,
      retryPolicy: rulesOf(DEFAULT_RETRY_POLICY),
      participantId: '',
      rated: false,
      resume: false,
      announced: true,
      decisionTimeoutMs: null,
      startedAt: 7,
    },
    link: {
      gatewayUrl: 'wss://x',
      isPoker: true,
      retryDelayMs: 0,
      dialedAt: 7,
      heldSince: 7,
      reconnects: 0,
      barren: 0,
      loss: null,
      lastError: null,
      oversizeCloses: 0,
    },
    tally: {
      hands: 0,
      turns: 0,
      fallbacks: 0,
      corrections: 0,
      rejections: 0,
      timeouts: 0,
      handTimeouts: 0,
      hand: null,
      ignoredFrames: 0,
      unexpected: [],
      connections: 0,
      latency: emptyHistogram,
    },
    seat: null,
    attempt: 0,
    seq: 0,
    turnTimeoutMs: null,
    turn: null,
    answer: null,
    asked: noRecentIds,
    repeatedRequestId: null,
    end: null,
    abandonReason: null,
    detail: null,
    fault: null,
  });
});
