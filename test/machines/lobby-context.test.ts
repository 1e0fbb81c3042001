import { expect, it } from 'vitest';
import { newLobby } from '../../src/machines/lobby.context.js';
import { DEFAULT_RETRY_POLICY, rulesOf } from '../../src/machines/retry.js';

it('a session begins with nothing behind it, and with the defaults of its input', () => {
  const now = () => 5;
  const random = () => 0;
  expect(newLobby({ lobbyUrl: 'wss://x/lobby', now, random })).toStrictEqual({
    lobbyUrl: 'wss://x/lobby',
    maxMatches: null,
    redialPauseMs: null,
    drainGraceMs: 5_000,
    maxLiveMatches: 1_000,
    lobbyRefusedMs: 600_000,
    awayWhy: null,
    elsewhere: {},
    common: {
      now,
      random,
      clientName: 'chipzen-agent',
      clientVersion: 'unknown',
      supportedGames: null,
      safeMode: true,
      marginMs: null,
      retryPolicy: rulesOf(DEFAULT_RETRY_POLICY),
    },
    attempt: 0,
    reached: false,
    refusal: null,
    retryDelayMs: 0,
    loss: null,
    live: {},
    heldUntil: 0,
    completedIds: {},
    abandonedIds: {},
    completed: 0,
    abandoned: 0,
    ignoredFrames: 0,
    unexpected: [],
    endReason: null,
    fault: null,
  });
});
