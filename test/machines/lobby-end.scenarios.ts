/** Why a session ends, and why not: refusals, reasons, and matches that are announced again. */
import { expect } from 'vitest';
import { RetryPolicy } from '../../src/machines/retry.js';
import { type LobbyHarness, lobbyFrames } from '../kit/lobby-harness.js';
import { frames } from '../kit/match-harness.js';
import { breakMatch, type LobbyScenario } from './lobby.scenarios.js';

const { matched } = lobbyFrames;
const { closed } = frames;
const refused = (httpStatus: number) => ({ ...closed(1006, ''), httpStatus });

const unnamed = { retryPolicy: undefined };

const lastDelay = (lobby: LobbyHarness): number => {
  const last = lobby.reporter.commands.findLast(({ type }) => type === 'lobby.retrying');
  return last?.type === 'lobby.retrying' ? last.delayMs : Number.NaN;
};

/** Answers every dial like this until the session ends, and tells the waits between them in seconds. */
function answerAll(lobby: LobbyHarness, loss: ReturnType<typeof closed>): number[] {
  const delays: number[] = [];
  while (lobby.output() === undefined && delays.length < 50) {
    lobby.socket.tell(loss);
    if (lobby.state() !== 'backoff') break;
    delays.push(lastDelay(lobby) / 1_000);
    lobby.clock.advance(lastDelay(lobby));
  }
  return delays;
}

export const lobbyEndScenarios: LobbyScenario[] = [
  ...([401, 403, 404] as const).map(
    (status): LobbyScenario => ({
      title: `a lobby that was reached is not left for HTTP ${status} before ten minutes of nothing else`,
      input: unnamed,
      play(lobby) {
        lobby.listen();
        lobby.clock.advance(60_000);
        lobby.socket.tell(closed(1012));
        lobby.clock.advance(500);
        expect(answerAll(lobby, refused(status))).toEqual([
          10,
          20,
          40,
          ...Array.from({ length: 8 }, () => 60),
          50,
        ]);
        expect(lobby.output()).toMatchObject({
          reason: 'failed',
          reached: true,
          fault: { code: status === 404 ? 'lobby_not_found' : 'authentication_failed' },
        });
      },
    }),
  ),
  {
    title: 'a bot that cannot be made takes no more matches; live ones have all the time they need',
    input: { drainGraceMs: 1 },
    play(lobby) {
      lobby.listen();
      lobby.seat('a');
      lobby.actor.send({ type: 'agent.unfit', message: 'The bot could not be made: no', cause: 'no' });
      lobby.actor.send({ type: 'agent.unfit', message: 'Another reason', cause: null });
      lobby.clock.advance(60_000);
      expect(lobby.state()).toEqual({ draining: 'patient' });
      lobby.actor.send({ type: 'agent.cut' });
      expect(lobby.output()).toMatchObject({
        reason: 'failed',
        fault: { code: 'bad_bot', message: 'The bot could not be made: no', cause: 'no' },
      });
    },
  },
  {
    title: 'a refusal that asks for patience gets a minute of it at most',
    input: unnamed,
    play(lobby) {
      lobby.listen();
      lobby.socket.tell(closed(1012));
      lobby.clock.advance(500);
      lobby.socket.tell({ ...refused(404), retryAfterMs: 45_000 });
      expect(lastDelay(lobby)).toBe(45_000);
      lobby.clock.advance(45_000);
      lobby.socket.tell({ ...refused(404), retryAfterMs: 600_000 });
      expect(lastDelay(lobby)).toBe(60_000);
    },
  },
  {
    title: 'a refusal is told with how long it has lasted, how long it is borne, and what to check',
    input: unnamed,
    play(lobby) {
      lobby.listen();
      lobby.socket.tell(closed(1012));
      lobby.clock.advance(500);
      lobby.socket.tell(refused(404));
      lobby.clock.advance(10_000);
      lobby.socket.tell(refused(403));
      expect(lobby.reporter.commands.filter(({ type }) => type === 'lobby.refusing')).toEqual([
        {
          type: 'lobby.refusing',
          httpStatus: 404,
          forMs: 0,
          patienceMs: 600_000,
          message:
            'The lobby was there before and answers HTTP 404 now. Unless it is being updated, check bot id, environment and URL; tried for 600 s more.',
        },
        {
          type: 'lobby.refusing',
          httpStatus: 403,
          forMs: 10_000,
          patienceMs: 600_000,
          message:
            'The lobby was there before and answers HTTP 403 for 10 s now. Unless it is being updated, check token and bot id; tried for 590 s more.',
        },
      ]);
    },
  },
  ...(
    [
      ['a greeting', (lobby: LobbyHarness) => lobby.listen()],
      ['another kind of loss', (lobby: LobbyHarness) => lobby.socket.tell(refused(503))],
    ] as const
  ).map(
    ([what, happen]): LobbyScenario => ({
      title: `the patience with a refusal begins anew after ${what}`,
      input: { ...unnamed, lobbyRefusedMs: 15_000 },
      play(lobby) {
        lobby.listen();
        lobby.socket.tell(closed());
        lobby.clock.advance(500);
        for (let round = 0; round < 3; round++) {
          lobby.socket.tell(refused(404));
          lobby.clock.advance(10_000);
          happen(lobby);
          if (lobby.state() === 'listening') lobby.socket.tell(closed());
          lobby.clock.advance(lastDelay(lobby));
        }
        expect(lobby.state()).toBe('connecting');
      },
    }),
  ),
  {
    title: 'the last dial of a lobby that refuses comes as the patience ends',
    input: { ...unnamed, lobbyRefusedMs: 12_000 },
    play(lobby) {
      lobby.listen();
      lobby.socket.tell(closed(1012));
      lobby.clock.advance(500);
      expect(answerAll(lobby, refused(403))).toEqual([10, 2]);
      expect(lobby.output()).toMatchObject({ reason: 'failed', fault: { code: 'authentication_failed' } });
    },
  },
  {
    title: 'without patience the first refusal ends the session, and live matches are played to their end',
    input: { ...unnamed, lobbyRefusedMs: 0 },
    play(lobby) {
      lobby.listen();
      lobby.seat('a');
      lobby.socket.tell(closed());
      lobby.clock.advance(500);
      lobby.socket.tell(refused(403));
      expect(lobby.state()).toEqual({ draining: 'patient' });
      lobby.clock.advance(3_600_000);
      expect(lobby.children()).toEqual(['match.0']);
      lobby.finish('a');
      expect(lobby.output()).toMatchObject({
        reason: 'failed',
        completed: 1,
        abandoned: 0,
        fault: { code: 'authentication_failed' },
      });
    },
  },
  ...([4001, 4002] as const).map(
    (code): LobbyScenario => ({
      title: `a close with ${code} is final, also for a lobby that was reached`,
      input: unnamed,
      play(lobby) {
        lobby.listen();
        lobby.socket.tell(closed());
        lobby.clock.advance(500);
        lobby.socket.tell({ type: 'socket.opened' });
        lobby.socket.tell(closed(code));
        expect(lobby.output()).toMatchObject({ reason: 'failed', reached: true });
      },
    }),
  ),
  {
    title: 'while a match is live the lobby is dialed every three seconds at least',
    input: unnamed,
    play(lobby) {
      lobby.listen();
      lobby.seat('a');
      expect(answerAll(lobby, closed(1006)).slice(0, 8)).toEqual([0.5, 1, 2, 3, 3, 3, 3, 3]);
      lobby.finish('a');
      lobby.socket.tell(closed());
      expect(lastDelay(lobby)).toBe(30_000);
    },
  },
  {
    title: 'a match that was given up and may still be held keeps the lobby close for as long',
    input: { retryPolicy: new RetryPolicy({ maxReconnectAttempts: 20, initialBackoffMs: 1_000 }) },
    play(lobby) {
      lobby.listen();
      lobby.socket.tell(matched('a'));
      for (let second = 0; second <= 20; second++) {
        lobby.match.socket.tell(closed());
        lobby.clock.advance(1_000);
      }
      expect(lobby.actor.getSnapshot().context.abandoned).toBe(1);
      for (let attempt = 0; attempt < 8; attempt++) {
        lobby.socket.tell(closed());
        lobby.clock.advance(lastDelay(lobby));
      }
      expect(lastDelay(lobby)).toBe(3_000);
      lobby.listen();
      lobby.clock.advance(300_000);
      for (let attempt = 0; attempt < 3; attempt++) {
        lobby.socket.tell(closed());
        lobby.clock.advance(lastDelay(lobby));
      }
      expect(lastDelay(lobby)).toBe(4_000);
    },
  },
  ...(
    [
      ['Retry-After', { ...refused(503), retryAfterMs: 20_000 }, 25_000],
      ['HTTP 429', refused(429), 12_500],
      ['1008', closed(1008), 12_500],
    ] as const
  ).map(
    ([what, loss, delayMs]): LobbyScenario => ({
      title: `${what} asks for more than that, and gets it`,
      input: unnamed,
      play(lobby) {
        lobby.listen();
        lobby.seat('a');
        lobby.socket.tell(loss);
        expect(lastDelay(lobby)).toBe(delayMs);
      },
    }),
  ),
  {
    title: 'the greeting has 10, 20, 40, then 60 seconds with the attempts',
    input: unnamed,
    play(lobby) {
      const borne = [0, 1, 2, 3, 4].map(() => {
        lobby.socket.tell({ type: 'socket.opened' });
        const openedMs = lobby.clock.now();
        while (lobby.state() === 'authenticating') lobby.clock.advance(1_000);
        const ms = lobby.clock.now() - openedMs;
        lobby.clock.advance(lastDelay(lobby));
        return ms;
      });
      expect(borne).toEqual([10_000, 20_000, 40_000, 60_000, 60_000]);
    },
  },
  {
    title: 'a match that has a result is not opened again, however many came between, and counts are results',
    play(lobby) {
      lobby.listen();
      const ids = Array.from({ length: 1_000 }, (_, index) => `m${index}`);
      for (const id of ids) {
        lobby.seat(id);
        if (id.endsWith('7')) lobby.match.socket.tell(closed(4006), id);
        else lobby.finish(id);
      }
      for (const id of ids) lobby.socket.tell(matched(id));
      expect(lobby.children()).toEqual([]);
      for (const id of ids) lobby.socket.tell(matched(id, { resume: true }));
      expect(lobby.children()).toHaveLength(100);
      for (const id of ids.filter((one) => one.endsWith('7'))) lobby.finish(id);
      expect(lobby.actor.getSnapshot().context).toMatchObject({ completed: 1_000, abandoned: 0 });
    },
  },
  ...(['agent.stop', 'agent.cut'] as const).map(
    (type): LobbyScenario => ({
      title: `${type} while the last matches finish changes nothing of why the session ends`,
      input: { maxMatches: 1 },
      play(lobby) {
        lobby.listen();
        lobby.seat('a');
        lobby.seat('b');
        lobby.finish('a');
        lobby.actor.send({ type });
        lobby.clock.advance(5_000);
        expect(lobby.output()).toEqual({
          reason: 'max_matches',
          completed: 1,
          abandoned: 1,
          reached: true,
          fault: null,
        });
      },
    }),
  ),
  {
    title: 'a stop after an eviction neither becomes the reason nor renews the grace',
    play(lobby) {
      lobby.listen();
      lobby.seat('a');
      lobby.socket.tell(lobbyFrames.evict);
      lobby.clock.advance(4_000);
      lobby.actor.send({ type: 'agent.stop', graceMs: 60_000 });
      lobby.clock.advance(1_000);
      expect(lobby.output()).toMatchObject({ reason: 'evicted', abandoned: 1, fault: null });
    },
  },
  {
    title: 'a match that breaks after an eviction is recorded, and is not why the session ends',
    input: { maxMatches: 1 },
    play(lobby) {
      lobby.listen();
      lobby.seat('a');
      lobby.socket.tell(matched('b'));
      lobby.socket.tell(lobbyFrames.evict);
      breakMatch(lobby, 'b');
      expect(lobby.state()).toEqual({ draining: 'limited' });
      expect(lobby.actor.getSnapshot().context.abandoned).toBe(1);
      lobby.clock.advance(5_000);
      expect(lobby.output()).toMatchObject({ reason: 'evicted', completed: 0, abandoned: 2 });
    },
  },
  {
    title: 'a bot that fails for good while the session stops changes neither reason nor fault',
    input: { safeMode: false },
    play(lobby) {
      lobby.listen();
      lobby.seat('a');
      lobby.seat('b');
      lobby.actor.send({ type: 'agent.stop' });
      lobby.match.bot.tell(frames.failed(), 'a');
      lobby.finish('b');
      expect(lobby.output()).toEqual({
        reason: 'stopped',
        completed: 1,
        abandoned: 1,
        reached: true,
        fault: null,
      });
    },
  },
  {
    title: 'the first bot that fails for good is the fault, and the last match allowed at that',
    input: { safeMode: false, maxMatches: 1 },
    play(lobby) {
      lobby.listen();
      lobby.seat('a');
      lobby.seat('b');
      lobby.match.bot.tell(frames.failed(), 'a');
      lobby.match.bot.tell({ ...frames.failed(), hook: 'onMatchStart' }, 'b');
      expect(lobby.output()).toMatchObject({
        reason: 'failed',
        abandoned: 2,
        fault: { code: 'bot_decision', message: 'The bot failed in onRoundStart: broken' },
      });
    },
  },
  {
    title: 'a port that breaks after it has hung up is told, and changes neither reason nor fault',
    play(lobby) {
      lobby.listen();
      lobby.seat('a');
      lobby.actor.send({ type: 'agent.stop' });
      lobby.socket.crash(new Error('port broke'));
      expect(lobby.reporter.commands.at(-1)).toEqual({
        type: 'lobby.error',
        code: 'internal',
        message: 'port broke',
      });
      lobby.finish('a');
      expect(lobby.output()).toMatchObject({ reason: 'stopped', completed: 1, fault: null });
    },
  },
  {
    title: 'a frame that has no use where it comes is told, once for each kind',
    play(lobby) {
      lobby.socket.tell(matched('a'));
      lobby.socket.tell(matched('b'));
      lobby.listen();
      lobby.socket.tell(lobbyFrames.hello);
      lobby.socket.tell(lobbyFrames.hello);
      expect(lobby.reporter.commands.filter(({ type }) => type === 'frame.unexpected')).toEqual([
        { type: 'frame.unexpected', leg: 'lobby', matchId: null, frameType: 'matched' },
        { type: 'frame.unexpected', leg: 'lobby', matchId: null, frameType: 'hello' },
      ]);
    },
  },
  {
    title: 'an input that is undefined has its default',
    input: {
      maxMatches: undefined,
      drainGraceMs: undefined,
      maxLiveMatches: undefined,
      lobbyRefusedMs: undefined,
      clientName: undefined,
      clientVersion: undefined,
      supportedGames: undefined,
      safeMode: undefined,
      retryPolicy: undefined,
      marginMs: undefined,
    },
    play(lobby) {
      expect(lobby.actor.getSnapshot().context).toMatchObject({
        maxMatches: null,
        drainGraceMs: 5_000,
        maxLiveMatches: 1_000,
        lobbyRefusedMs: 600_000,
        common: {
          clientName: 'chipzen-agent',
          clientVersion: 'unknown',
          supportedGames: null,
          safeMode: true,
          marginMs: null,
        },
      });
    },
  },
];
