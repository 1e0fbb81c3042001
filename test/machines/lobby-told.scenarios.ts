/** Everything that a session reports, in order and whole: what logs, views and listeners of `agent.on` are given. */
import { expect } from 'vitest';
import { RetryPolicy } from '../../src/machines/retry.js';
import { type LobbyHarness, lobbyFrames } from '../kit/lobby-harness.js';
import { frames } from '../kit/match-harness.js';
import { breakMatch, type LobbyScenario } from './lobby.scenarios.js';

const { matched } = lobbyFrames;
const closed = frames.closed;
const url = 'ws://127.0.0.1:9/ws/external/bot/b1';

/** What was reported since the last look. */
const told = (lobby: LobbyHarness) => lobby.reporter.take();

const unreachable = (message: string) => ({ code: 'lobby_unreachable', message });

export const lobbyToldScenarios: LobbyScenario[] = [
  {
    title: 'a session is told from its first dial to its end',
    play(lobby) {
      lobby.listen();
      expect(told(lobby)).toEqual([
        { type: 'lobby.connecting', url, attempt: 0 },
        { type: 'lobby.listening', url },
      ]);
      lobby.socket.tell(matched('a', { rated: true, resume: true }));
      expect(told(lobby)).toEqual([
        { type: 'match.announced', matchId: 'a', participantId: 'p-a', rated: true, resume: true },
        { type: 'match.connecting', matchId: 'a', attempt: 0 },
      ]);
      lobby.socket.tell(matched('a'));
      expect(told(lobby)).toEqual([{ type: 'match.repeated', matchId: 'a' }]);
      lobby.actor.send({ type: 'agent.stop' });
      expect(told(lobby)).toEqual([
        { type: 'lobby.draining', reason: 'stopped', message: 'told to stop', live: 1, fault: null },
      ]);
      lobby.finish('a');
      expect(told(lobby)).toEqual([
        expect.objectContaining({
          type: 'match.ended',
          matchId: 'a',
          result: expect.objectContaining({ matchId: 'a', outcome: 'completed' }),
        }),
      ]);
      expect(lobby.output()).toEqual({
        reason: 'stopped',
        completed: 1,
        abandoned: 0,
        reached: true,
        fault: null,
      });
    },
  },
  {
    title: 'a match that is not taken is told with the reason',
    input: { maxLiveMatches: 1 },
    play(lobby) {
      lobby.listen();
      lobby.socket.tell(matched('a'));
      lobby.finish('a');
      lobby.socket.tell(matched('b'));
      told(lobby);
      lobby.socket.tell(matched('a'));
      lobby.socket.tell(matched('c'));
      lobby.socket.tell(matched('d', { gateway_ws_url: 'wss://evil.example/x' }));
      expect(told(lobby)).toEqual([
        {
          type: 'match.skipped',
          matchId: 'a',
          why: 'already_ended',
          message: 'This match has ended already.',
        },
        {
          type: 'match.skipped',
          matchId: 'c',
          why: 'too_many',
          message: '1 match is being played: no more fit in this process.',
        },
        {
          type: 'match.skipped',
          matchId: 'd',
          why: 'untrusted_gateway',
          message:
            'The gateway URL "wss://evil.example/x" is not trusted with the token: its origin is not ws://127.0.0.1:9. The match is skipped.',
        },
      ]);
    },
  },
  {
    title: 'a lost lobby is told with the loss and the next dial, until no attempt is left',
    input: { retryPolicy: new RetryPolicy({ maxReconnectAttempts: 1, initialBackoffMs: 1_000 }) },
    play(lobby) {
      lobby.socket.tell({ ...closed(1006, 'ECONNREFUSED'), httpStatus: 503 });
      lobby.clock.advance(1_000);
      lobby.socket.tell(closed(1006, 'ECONNREFUSED'));
      const message =
        'The lobby could not be reached (close code 1006: ECONNREFUSED) in 2 attempts: check the URL and your network.';
      expect(told(lobby)).toEqual([
        { type: 'lobby.connecting', url, attempt: 0 },
        { type: 'lobby.lost', loss: { code: 1006, reason: 'ECONNREFUSED', httpStatus: 503 } },
        { type: 'lobby.retrying', attempt: 1, delayMs: 1_000 },
        { type: 'lobby.connecting', url, attempt: 1 },
        { type: 'lobby.lost', loss: { code: 1006, reason: 'ECONNREFUSED' } },
        { type: 'lobby.draining', reason: 'failed', message, live: 0, fault: unreachable(message) },
      ]);
      expect(lobby.output()).toEqual({
        reason: 'failed',
        completed: 0,
        abandoned: 0,
        reached: false,
        fault: unreachable(message),
      });
    },
  },
  {
    title: 'one attempt that failed is one attempt',
    input: { retryPolicy: new RetryPolicy({ maxReconnectAttempts: 0 }) },
    play(lobby) {
      lobby.socket.tell(closed());
      expect(lobby.output()?.fault).toEqual(
        unreachable(
          'The lobby could not be reached (close code 1006) in 1 attempt: check the URL and your network.',
        ),
      );
    },
  },
  {
    title: 'a lobby that was reached and is dialed in vain is told as lost',
    play(lobby) {
      lobby.listen();
      for (let loss = 0; loss < 3; loss++) {
        lobby.socket.tell(closed(1012));
        lobby.clock.advance(4_000);
      }
      expect(lobby.output()?.fault).toEqual(
        unreachable('The lobby was lost (close code 1012) and 2 reconnects failed.'),
      );
    },
  },
  ...(['dial', 'login'] as const).map(
    (what): LobbyScenario => ({
      title: `a ${what} without an answer is told as a loss, and hung up`,
      play(lobby) {
        if (what === 'login') lobby.socket.tell({ type: 'socket.opened' });
        told(lobby);
        lobby.clock.advance(what === 'dial' ? 15_000 : 10_000);
        expect(told(lobby)).toEqual([
          { type: 'lobby.lost', loss: { code: 1006, reason: 'no answer in time' } },
          { type: 'lobby.retrying', attempt: 1, delayMs: 1_000 },
        ]);
        expect(lobby.socket.commands.at(-1)).toEqual({ type: 'socket.close' });
      },
    }),
  ),
  ...(['connecting', 'authenticating', 'listening'] as const).map(
    (state): LobbyScenario => ({
      title: `an eviction by a close while ${state} is told as a loss and as the reason`,
      play(lobby) {
        if (state !== 'connecting') lobby.socket.tell({ type: 'socket.opened' });
        if (state === 'listening') lobby.socket.tell(lobbyFrames.hello);
        told(lobby);
        lobby.socket.tell(closed(4000, 'Replaced by new connection'));
        expect(told(lobby)).toEqual([
          { type: 'lobby.lost', loss: { code: 4000, reason: 'Replaced by new connection' } },
          {
            type: 'lobby.draining',
            reason: 'evicted',
            message: 'the same bot has connected elsewhere',
            live: 0,
            fault: null,
          },
        ]);
        expect(lobby.output()?.reason).toBe('evicted');
      },
    }),
  ),
  {
    title: 'a lobby that turns us away is told as lost, as refusing, and at the end as the fault',
    input: { lobbyRefusedMs: 12_000, retryPolicy: undefined },
    play(lobby) {
      lobby.listen();
      lobby.socket.tell(closed(1012));
      lobby.clock.advance(500);
      told(lobby);
      const refused = { ...closed(), httpStatus: 401 };
      const lost = { type: 'lobby.lost', loss: { code: 1006, reason: '', httpStatus: 401 } };
      lobby.socket.tell(refused);
      expect(told(lobby)).toEqual([
        lost,
        {
          type: 'lobby.refusing',
          httpStatus: 401,
          forMs: 0,
          patienceMs: 12_000,
          message:
            'The lobby was there before and answers HTTP 401 now. Unless it is being updated, check token and bot id; tried for 12 s more.',
        },
        { type: 'lobby.retrying', attempt: 2, delayMs: 10_000 },
      ]);
      lobby.clock.advance(12_000);
      told(lobby);
      lobby.socket.tell(refused);
      const fault = expect.objectContaining({ code: 'authentication_failed' });
      expect(told(lobby)).toEqual([
        lost,
        { type: 'lobby.draining', reason: 'failed', message: expect.any(String), live: 0, fault },
      ]);
    },
  },
  {
    title: 'the waits of a lobby that turns us away vary by a quarter, and are ten seconds at least',
    input: { random: () => 0, retryPolicy: undefined },
    play(lobby) {
      lobby.listen();
      lobby.socket.tell(closed(1012));
      const lastDelay = (): number => {
        const last = lobby.reporter.commands.at(-1);
        return last?.type === 'lobby.retrying' ? last.delayMs : Number.NaN;
      };
      const waits = Array.from({ length: 5 }, () => {
        lobby.clock.advance(lastDelay());
        lobby.socket.tell({ ...closed(), httpStatus: 404 });
        return lastDelay();
      });
      expect(waits).toEqual([10_000, 15_000, 30_000, 45_000, 45_000]);
    },
  },
  {
    title: 'a session that its port ends is told with the fault, once',
    play(lobby) {
      told(lobby);
      const error = new Error('port broke');
      lobby.socket.crash(error);
      const fault = { code: 'internal', message: 'port broke', cause: error };
      expect(told(lobby)).toEqual([
        { type: 'lobby.draining', reason: 'failed', message: expect.any(String), live: 0, fault },
      ]);
      expect(lobby.output()).toMatchObject({ reason: 'failed', fault });
    },
  },
  {
    title: 'a bot that fails for good without safe mode is the fault of the session',
    input: { safeMode: false },
    play(lobby) {
      lobby.listen();
      lobby.seat('a');
      lobby.seat('b');
      told(lobby);
      lobby.match.bot.tell(frames.failed('r1'), 'a');
      const fault = {
        code: 'bot_decision',
        message: 'The bot failed in decide: broken',
        cause: new Error('broken'),
      };
      expect(told(lobby).slice(-2)).toEqual([
        expect.objectContaining({ type: 'match.ended' }),
        { type: 'lobby.draining', reason: 'failed', message: fault.message, live: 1, fault },
      ]);
      lobby.actor.send({ type: 'agent.cut' });
      expect(lobby.output()).toMatchObject({ reason: 'failed', fault, abandoned: 2 });
    },
  },
  {
    title: 'a cut ends each live match with a result that says so',
    play(lobby) {
      lobby.listen();
      lobby.seat('a');
      lobby.socket.tell(matched('b'));
      told(lobby);
      lobby.actor.send({ type: 'agent.cut' });
      const cut = (matchId: string) => ({
        type: 'match.ended',
        matchId,
        result: expect.objectContaining({
          matchId,
          outcome: 'abandoned',
          abandonReason: 'cut',
          detail: 'The session ended before the match did.',
        }),
      });
      expect(told(lobby)).toEqual([
        { type: 'lobby.draining', reason: 'stopped', message: 'told to stop', live: 2, fault: null },
        cut('a'),
        cut('b'),
      ]);
    },
  },
  ...([true, false] as const).map(
    (isThinking): LobbyScenario => ({
      title: `a match that breaks hangs up, ${isThinking ? 'frees its bot' : 'and frees a bot that has no turn'}`,
      play(lobby) {
        lobby.listen();
        lobby.clock.advance(1_000);
        lobby.socket.tell(matched('a', { rated: true }));
        const startedAt = lobby.clock.now();
        if (isThinking) {
          lobby.match.socket.tell({ type: 'socket.opened' }, 'a');
          lobby.match.socket.tell(frames.hello(), 'a');
          lobby.match.socket.tell(frames.turn('r1'), 'a');
        }
        lobby.clock.advance(500);
        told(lobby);
        if (isThinking)
          lobby.match.socket.tell({ type: 'frame.match_start', frame: undefined as never }, 'a');
        else breakMatch(lobby, 'a');
        expect(lobby.match.socket.commands.at(-1)).toEqual({ type: 'socket.close' });
        expect(lobby.match.bot.commands.at(-1)).toEqual({
          type: 'bot.abort',
          requestId: isThinking ? 'r1' : '',
        });
        expect(told(lobby)).toEqual([
          {
            type: 'match.ended',
            matchId: 'a',
            result: {
              matchId: 'a',
              participantId: 'p-a',
              rated: true,
              outcome: 'abandoned',
              abandonReason: 'internal',
              detail: expect.stringContaining('undefined'),
              end: null,
              // What it had learned and counted is kept.
              seat: isThinking ? 0 : null,
              netChips: null,
              hands: 0,
              turns: isThinking ? 1 : 0,
              fallbacks: 0,
              corrections: 0,
              rejections: 0,
              timeouts: 0,
              resumes: 0,
              latencyMs: { count: 0, p50: 0, p95: 0, p99: 0, max: 0 },
              startedAt,
              endedAt: startedAt + 500,
            },
          },
        ]);
      },
    }),
  ),
  {
    title: 'a session of three matches ends with the third result, given up or played',
    input: { maxMatches: 3 },
    play(lobby) {
      lobby.listen();
      lobby.seat('a');
      lobby.seat('b');
      lobby.seat('c');
      lobby.match.socket.tell(closed(4005), 'a');
      expect(lobby.state()).toBe('listening');
      lobby.finish('b');
      expect(lobby.state()).toBe('listening');
      lobby.finish('c');
      expect(lobby.output()).toEqual({
        reason: 'max_matches',
        completed: 2,
        abandoned: 1,
        reached: true,
        fault: null,
      });
    },
  },
  {
    title: 'a match plays by the clock that the lobby announced',
    play(lobby) {
      lobby.listen();
      lobby.socket.tell(matched('a', { decision_timeout_ms: 9_000 }));
      lobby.match.socket.tell({ type: 'socket.opened' }, 'a');
      lobby.match.socket.tell(frames.hello(), 'a');
      const { timeout_ms: _none, ...frame } = frames.turn('r1').frame;
      lobby.match.socket.tell({ type: 'frame.turn_request', frame }, 'a');
      expect(lobby.reporter.commands.at(-1)).toEqual({
        type: 'turn.requested',
        matchId: 'a',
        requestId: 'r1',
        clockMs: 9_000,
      });
    },
  },
  {
    title: 'a seat that was given up keeps the lobby close for five minutes, and not a moment longer',
    input: { retryPolicy: new RetryPolicy({ maxReconnectAttempts: 20, initialBackoffMs: 8_000 }) },
    play(lobby) {
      lobby.listen();
      lobby.socket.tell(matched('a'));
      breakMatch(lobby, 'a');
      lobby.clock.advance(299_999);
      lobby.socket.tell(closed(1012));
      expect(lobby.reporter.commands.at(-1)).toEqual({ type: 'lobby.retrying', attempt: 1, delayMs: 3_000 });
      lobby.listen();
    },
  },
  {
    title: 'once the platform holds no seat any more, the backoff is the usual one',
    input: { retryPolicy: new RetryPolicy({ maxReconnectAttempts: 20, initialBackoffMs: 8_000 }) },
    play(lobby) {
      lobby.listen();
      lobby.socket.tell(matched('a'));
      breakMatch(lobby, 'a');
      lobby.clock.advance(300_000);
      lobby.socket.tell(closed(1012));
      expect(lobby.reporter.commands.at(-1)).toEqual({ type: 'lobby.retrying', attempt: 1, delayMs: 8_000 });
    },
  },
];
