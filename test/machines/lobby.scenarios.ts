/**
 * What a lobby session does, as scenarios on scripted ports. Each is a test of its own, and together they must take
 * every transition of the chart.
 */
import { expect } from 'vitest';
import type { LobbyInput } from '../../src/machines/lobby.js';
import { RetryPolicy } from '../../src/machines/retry.js';
import { type LobbyHarness, lobbyFrames } from '../kit/lobby-harness.js';
import { frames } from '../kit/match-harness.js';

export interface LobbyScenario {
  title: string;
  input?: Partial<LobbyInput>;
  play(lobby: LobbyHarness): void;
}

const { matched } = lobbyFrames;
const closed = frames.closed;

export const lobbyScenarios: LobbyScenario[] = [
  {
    title: 'connects, authenticates, listens, and answers pings',
    play(lobby) {
      expect(lobby.state()).toBe('connecting');
      expect(lobby.socket.take()).toEqual([
        { type: 'socket.connect', url: 'ws://127.0.0.1:9/ws/external/bot/b1' },
      ]);
      lobby.socket.tell({ type: 'socket.opened' });
      expect(lobby.state()).toBe('authenticating');
      expect(lobby.socket.take()).toEqual([{ type: 'socket.authenticate' }]);
      lobby.socket.tell(lobbyFrames.hello);
      expect(lobby.state()).toBe('listening');
      lobby.socket.tell(lobbyFrames.ping);
      expect(lobby.socket.take()).toEqual([{ type: 'socket.send', frame: { type: 'pong' } }]);
      expect(lobby.reports()).toEqual(['lobby.connecting', 'lobby.listening']);
    },
  },
  {
    title: 'seats a child for each announced match and collects its result',
    play(lobby) {
      lobby.listen();
      lobby.socket.tell(matched('a', { rated: true, decision_timeout_ms: 30_000 }));
      lobby.socket.tell(matched('b'));
      expect(lobby.children()).toEqual(['match.0', 'match.1']);
      lobby.finish('a');
      expect(lobby.children()).toEqual(['match.1']);
      lobby.socket.tell(matched('c'));
      expect(lobby.children().toSorted()).toEqual(['match.0', 'match.1']);
      lobby.finish('b');
      lobby.finish('c');
      const ended = lobby.reporter.commands.flatMap((event) =>
        event.type === 'match.ended'
          ? [[event.result.matchId, event.result.outcome, event.result.rated]]
          : [],
      );
      expect(ended).toEqual([
        ['a', 'completed', true],
        ['b', 'completed', false],
        ['c', 'completed', false],
      ]);
      expect(lobby.state()).toBe('listening');
      expect(lobby.actor.getSnapshot().context).toMatchObject({ completed: 3, abandoned: 0, live: {} });
    },
  },
  {
    title: 'a ping before hello counts as hello and is answered',
    play(lobby) {
      lobby.socket.tell({ type: 'socket.opened' });
      lobby.socket.take();
      lobby.socket.tell(lobbyFrames.ping);
      expect(lobby.state()).toBe('listening');
      expect(lobby.socket.take()).toEqual([{ type: 'socket.send', frame: { type: 'pong' } }]);
    },
  },
  {
    title: 'a matched before hello counts as hello and is honoured',
    play(lobby) {
      lobby.socket.tell({ type: 'socket.opened' });
      lobby.socket.tell(matched('a'));
      expect(lobby.state()).toBe('listening');
      expect(lobby.children()).toEqual(['match.0']);
    },
  },
  {
    title: 'a second matched for a live match redials instead of seating twice',
    play(lobby) {
      lobby.listen();
      lobby.socket.tell(matched('a'));
      lobby.match.socket.tell(closed());
      lobby.match.socket.take();
      lobby.socket.tell(matched('a', { resume: true, gateway_ws_url: '/elsewhere' }));
      expect(lobby.children()).toEqual(['match.0']);
      expect(lobby.match.socket.take()).toEqual([
        { type: 'socket.connect', url: 'ws://127.0.0.1:9/elsewhere' },
      ]);
      expect(lobby.reports()).toContain('match.repeated');
    },
  },
  {
    title: 'a matched for a match that has ended is not played again',
    play(lobby) {
      lobby.listen();
      for (const id of ['a', 'b']) {
        lobby.socket.tell(matched(id));
        lobby.finish(id);
      }
      lobby.socket.tell(matched('a'));
      expect(lobby.children()).toEqual([]);
      expect(lobby.reporter.commands.at(-1)).toMatchObject({ type: 'match.skipped', why: 'already_ended' });
    },
  },
  {
    title: 'a match that was abandoned is played again when it is said to be under way, and counts once',
    play(lobby) {
      lobby.listen();
      lobby.socket.tell(matched('a'));
      lobby.match.socket.tell(closed(4001));
      expect(lobby.actor.getSnapshot().context).toMatchObject({ completed: 0, abandoned: 1 });
      lobby.socket.tell(matched('a'));
      expect(lobby.children()).toEqual([]);
      expect(lobby.reporter.commands.at(-1)).toMatchObject({ type: 'match.skipped', why: 'already_ended' });
      lobby.socket.tell(matched('a', { resume: true }));
      expect(lobby.actor.getSnapshot().context.abandoned).toBe(0);
      lobby.finish('a');
      expect(lobby.actor.getSnapshot().context).toMatchObject({ completed: 1, abandoned: 0 });
    },
  },
  {
    title: 'an untrusted gateway is skipped and the session lives on',
    play(lobby) {
      lobby.listen();
      lobby.socket.tell(matched('a', { gateway_ws_url: 'wss://evil.example/x' }));
      expect(lobby.children()).toEqual([]);
      expect(lobby.reporter.commands.at(-1)).toMatchObject({
        type: 'match.skipped',
        why: 'untrusted_gateway',
      });
      expect(lobby.state()).toBe('listening');
    },
  },
  {
    title: 'more matches than fit are skipped with a report',
    input: { maxLiveMatches: 2 },
    play(lobby) {
      lobby.listen();
      for (const id of ['a', 'b', 'c']) lobby.socket.tell(matched(id));
      expect(lobby.children()).toHaveLength(2);
      expect(lobby.reporter.commands.at(-1)).toMatchObject({ type: 'match.skipped', why: 'too_many' });
    },
  },
  {
    title: 'counts what it cannot read, reports an error frame and a refused pong',
    play(lobby) {
      lobby.socket.tell(frames.ignored);
      lobby.socket.tell({ type: 'socket.refused', why: 'not_open', frameType: 'pong' });
      lobby.socket.tell(frames.error('oops'));
      expect(lobby.reporter.commands.slice(-3)).toEqual([
        { type: 'frame.ignored', leg: 'lobby', matchId: null, why: 'not_json', frameType: null, count: 1 },
        { type: 'frame.refused', leg: 'lobby', matchId: null, why: 'not_open', frameType: 'pong' },
        { type: 'lobby.error', code: 'oops', message: 'why' },
      ]);
    },
  },
  {
    title: 'a lobby that is never reached ends with an error after the attempts of the policy',
    play(lobby) {
      for (let attempt = 0; attempt < 3; attempt++) {
        lobby.socket.tell(closed(1006, 'ECONNREFUSED'));
        lobby.clock.advance(4_000);
      }
      expect(lobby.state()).toBe('stopped');
      expect(lobby.output()).toEqual({
        reason: 'failed',
        completed: 0,
        abandoned: 0,
        reached: false,
        fault: {
          code: 'lobby_unreachable',
          message:
            'The lobby could not be reached (close code 1006: ECONNREFUSED) in 3 attempts: check the URL and your network.',
        },
      });
      expect(lobby.socket.commands.filter(({ type }) => type === 'socket.connect')).toHaveLength(3);
    },
  },
  {
    title: 'an open socket is not yet a lobby reached: accept-then-close gives up too',
    play(lobby) {
      for (let attempt = 0; attempt < 3; attempt++) {
        lobby.socket.tell({ type: 'socket.opened' });
        lobby.socket.tell(closed(1000));
        lobby.clock.advance(4_000);
      }
      expect(lobby.output()).toMatchObject({ reached: false, fault: { code: 'lobby_unreachable' } });
    },
  },
  {
    title: 'a silent dial and a silent login are lost too, and can be the last ones',
    play(lobby) {
      lobby.clock.advance(15_000);
      expect(lobby.state()).toBe('backoff');
      expect(lobby.socket.commands.at(-1)).toEqual({ type: 'socket.close' });
      lobby.clock.advance(1_000);
      lobby.socket.tell({ type: 'socket.opened' });
      lobby.clock.advance(19_999);
      expect(lobby.state()).toBe('authenticating');
      lobby.clock.advance(1);
      expect(lobby.state()).toBe('backoff');
      expect(lobby.socket.commands.at(-1)).toEqual({ type: 'socket.close' });
      lobby.clock.advance(2_000);
      lobby.clock.advance(15_000);
      expect(lobby.state()).toBe('stopped');
    },
  },
  {
    title: 'a silent login can be the last one',
    input: { retryPolicy: new RetryPolicy({ maxReconnectAttempts: 0 }) },
    play(lobby) {
      lobby.socket.tell({ type: 'socket.opened' });
      lobby.clock.advance(10_000);
      expect(lobby.state()).toBe('stopped');
    },
  },
  {
    title: 'a lobby reached once is dialed for ever, with the backoff growing until it was stable again',
    input: { retryPolicy: new RetryPolicy({ initialBackoffMs: 1_000, maxBackoffMs: 4_000 }) },
    play(lobby) {
      const delays: number[] = [];
      for (let attempt = 0; attempt < 5; attempt++) {
        lobby.listen();
        lobby.socket.tell(closed());
        const last = lobby.reporter.commands.at(-1);
        if (last?.type === 'lobby.retrying') delays.push(last.delayMs);
        lobby.clock.advance(4_000);
      }
      lobby.listen();
      lobby.clock.advance(10_000);
      lobby.socket.tell(closed());
      expect(lobby.reporter.commands.at(-1)).toMatchObject({
        type: 'lobby.retrying',
        attempt: 1,
        delayMs: 1_000,
      });
      expect(delays).toEqual([1_000, 2_000, 4_000, 4_000, 4_000]);
    },
  },
  {
    title: 'a limit that the user named holds for a lobby that was reached, too',
    play(lobby) {
      lobby.listen();
      for (let attempt = 0; attempt < 3; attempt++) {
        lobby.socket.tell(closed());
        lobby.clock.advance(4_000);
      }
      expect(lobby.output()).toMatchObject({
        reason: 'failed',
        reached: true,
        fault: { code: 'lobby_unreachable' },
      });
    },
  },
  {
    title: 'a refused token ends the session at the first attempt',
    play(lobby) {
      lobby.socket.tell({ type: 'socket.opened' });
      lobby.socket.tell(closed(4001));
      expect(lobby.output()).toMatchObject({ reason: 'failed', fault: { code: 'authentication_failed' } });
      expect(lobby.socket.commands.filter(({ type }) => type === 'socket.connect')).toHaveLength(1);
    },
  },
  {
    title: 'a refused upgrade ends the session at the first attempt',
    play(lobby) {
      lobby.socket.tell({ type: 'socket.closed', code: 1006, reason: 'HTTP 404', httpStatus: 404 });
      expect(lobby.output()).toMatchObject({ fault: { code: 'lobby_not_found' } });
    },
  },
  {
    title: 'a server that asks for patience gets it',
    play(lobby) {
      lobby.socket.tell({
        type: 'socket.closed',
        code: 1006,
        reason: '',
        httpStatus: 503,
        retryAfterMs: 60_000,
      });
      lobby.clock.advance(59_000);
      expect(lobby.state()).toBe('backoff');
    },
  },
  {
    title: 'a token revoked in mid-session ends it after the grace, with the results',
    play(lobby) {
      lobby.listen();
      lobby.socket.tell(matched('a'));
      lobby.socket.tell(closed(4002, 'revoked'));
      expect(lobby.state()).toEqual({ draining: 'limited' });
      lobby.clock.advance(5_000);
      expect(lobby.state()).toBe('stopped');
      expect(lobby.output()).toMatchObject({
        reason: 'failed',
        abandoned: 1,
        fault: { code: 'token_revoked' },
      });
    },
  },
  {
    title: 'an evict ends the session after the grace, in whatever way it is told',
    play(lobby) {
      lobby.listen();
      lobby.socket.tell(matched('a'));
      lobby.socket.tell(lobbyFrames.evict);
      expect(lobby.state()).toEqual({ draining: 'limited' });
      expect(lobby.socket.take().at(-1)).toEqual({ type: 'socket.close' });
      lobby.clock.advance(4_999);
      expect(lobby.children()).toEqual(['match.0']);
      lobby.clock.advance(1);
      expect(lobby.state()).toBe('evicted');
      expect(lobby.output()).toEqual({
        reason: 'evicted',
        completed: 0,
        abandoned: 1,
        reached: true,
        fault: null,
      });
    },
  },
  {
    title: 'an evict before hello ends the session',
    play(lobby) {
      lobby.socket.tell({ type: 'socket.opened' });
      lobby.socket.tell(lobbyFrames.evict);
      expect(lobby.state()).toBe('evicted');
    },
  },
  {
    title: 'a close that says it was replaced is an eviction while listening',
    play(lobby) {
      lobby.listen();
      lobby.socket.tell(closed(4000, 'Replaced by new connection'));
      expect(lobby.state()).toBe('evicted');
    },
  },
  {
    title: 'a close that says it was replaced is an eviction while authenticating',
    play(lobby) {
      lobby.socket.tell({ type: 'socket.opened' });
      lobby.socket.tell(closed(4000, 'Replaced by new connection'));
      expect(lobby.state()).toBe('evicted');
    },
  },
  {
    title: 'a close that says it was replaced is an eviction while connecting',
    play(lobby) {
      lobby.socket.tell(closed(4000, 'Replaced by new connection'));
      expect(lobby.state()).toBe('evicted');
    },
  },
  {
    title: 'a missed heartbeat is no eviction',
    play(lobby) {
      lobby.listen();
      lobby.socket.tell(closed(4000, 'heartbeat timeout'));
      expect(lobby.state()).toBe('backoff');
    },
  },
  {
    title: 'matches live through the loss of the lobby',
    play(lobby) {
      lobby.listen();
      lobby.socket.tell(matched('a'));
      lobby.socket.tell(closed());
      expect(lobby.children()).toEqual(['match.0']);
      lobby.finish('a');
      expect(lobby.state()).toBe('backoff');
      lobby.clock.advance(1_000);
      lobby.listen();
      expect(lobby.state()).toBe('listening');
    },
  },
  {
    title: 'maxMatches lets the other matches finish, however long they take',
    input: { maxMatches: 1 },
    play(lobby) {
      lobby.listen();
      lobby.seat('a');
      lobby.seat('b');
      lobby.finish('a');
      expect(lobby.state()).toEqual({ draining: 'patient' });
      lobby.clock.advance(3_600_000);
      expect(lobby.children()).toEqual(['match.1']);
      lobby.finish('b');
      expect(lobby.output()).toEqual({
        reason: 'max_matches',
        completed: 2,
        abandoned: 0,
        reached: true,
        fault: null,
      });
    },
  },
  {
    title: 'an abandoned match counts towards maxMatches',
    input: { maxMatches: 1 },
    play(lobby) {
      lobby.listen();
      lobby.socket.tell(matched('a'));
      lobby.match.socket.tell(closed(4006));
      expect(lobby.output()).toMatchObject({ reason: 'max_matches', completed: 0, abandoned: 1 });
    },
  },
  {
    title: 'a stop while the last matches finish gives them the grace, and is not why the session ends',
    input: { maxMatches: 1 },
    play(lobby) {
      lobby.listen();
      lobby.socket.tell(matched('a'));
      lobby.socket.tell(matched('b'));
      lobby.finish('a');
      lobby.actor.send({ type: 'agent.stop', graceMs: 9_000 });
      lobby.clock.advance(8_999);
      expect(lobby.state()).toEqual({ draining: 'limited' });
      lobby.clock.advance(1);
      expect(lobby.output()).toMatchObject({ reason: 'max_matches', completed: 1, abandoned: 1 });
      expect(lobby.reports().filter((type) => type === 'lobby.draining')).toHaveLength(1);
    },
  },
  {
    title: 'a bot that fails for good while the session ends is not why it ends',
    input: { maxMatches: 1, safeMode: false },
    play(lobby) {
      lobby.listen();
      for (const id of ['a', 'b', 'c']) lobby.socket.tell(matched(id));
      lobby.finish('a');
      lobby.match.bot.tell(frames.failed(), 'b');
      expect(lobby.state()).toEqual({ draining: 'patient' });
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
    title: 'a stop gives live matches the grace, a second one changes nothing, and a cut ends them',
    play(lobby) {
      lobby.listen();
      lobby.seat('a');
      lobby.actor.send({ type: 'agent.stop', graceMs: 60_000 });
      lobby.clock.advance(59_000);
      lobby.actor.send({ type: 'agent.stop' });
      expect(lobby.state()).toEqual({ draining: 'limited' });
      lobby.actor.send({ type: 'agent.cut' });
      expect(lobby.output()).toMatchObject({ reason: 'stopped', abandoned: 1 });
      expect(lobby.reports().slice(-1)).toEqual(['match.ended']);
    },
  },
  {
    title: 'a cut ends a session with live matches at once',
    play(lobby) {
      lobby.listen();
      lobby.seat('a');
      lobby.actor.send({ type: 'agent.cut' });
      expect(lobby.output()).toMatchObject({ reason: 'stopped', abandoned: 1 });
    },
  },
  {
    title: 'a grace no timer can count is a very long one, and nonsense leaves the one that was configured',
    play(lobby) {
      lobby.listen();
      lobby.seat('a');
      lobby.actor.send({ type: 'agent.stop', graceMs: Number.POSITIVE_INFINITY });
      lobby.clock.advance(86_400_000);
      expect(lobby.state()).toEqual({ draining: 'limited' });
      lobby.actor.send({ type: 'agent.cut' });
    },
  },
  {
    title: 'a grace of NaN leaves the one that was configured',
    play(lobby) {
      lobby.listen();
      lobby.seat('a');
      lobby.actor.send({ type: 'agent.stop', graceMs: Number.NaN });
      lobby.clock.advance(4_999);
      expect(lobby.state()).toEqual({ draining: 'limited' });
      lobby.clock.advance(1);
      expect(lobby.state()).toBe('stopped');
    },
  },
  {
    title: 'a stop without matches ends at once, and so does a match that ends while draining',
    play(lobby) {
      lobby.listen();
      lobby.socket.tell(matched('a'));
      lobby.actor.send({ type: 'agent.stop' });
      lobby.finish('a');
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
    title: 'without safe mode the first error of the bot ends the session with it',
    input: { safeMode: false },
    play(lobby) {
      lobby.listen();
      lobby.socket.tell(matched('a'));
      lobby.match.bot.tell(frames.failed('r1'));
      expect(lobby.output()).toMatchObject({
        reason: 'failed',
        abandoned: 1,
        fault: { code: 'bot_decision' },
      });
    },
  },
  {
    title: 'a match whose machine breaks is recorded and hurts nobody else',
    play(lobby) {
      lobby.listen();
      lobby.socket.tell(matched('a'));
      lobby.socket.tell(matched('b'));
      lobby.match.socket.take();
      breakMatch(lobby, 'a');
      expect(lobby.children()).toEqual(['match.1']);
      expect(lobby.match.socket.take().map(({ type }) => type)).toEqual([
        'socket.authenticate',
        'socket.close',
      ]);
      expect(lobby.reporter.commands.at(-1)).toMatchObject({
        type: 'match.ended',
        result: { matchId: 'a', participantId: 'p-a', abandonReason: 'internal', end: null },
      });
      expect(lobby.state()).toBe('listening');
    },
  },
  {
    title: 'a match whose machine breaks counts towards maxMatches',
    input: { maxMatches: 1 },
    play(lobby) {
      lobby.listen();
      lobby.socket.tell(matched('a'));
      breakMatch(lobby, 'a');
      expect(lobby.output()).toMatchObject({ reason: 'max_matches', abandoned: 1 });
    },
  },
  {
    title: 'a match whose machine breaks while draining is recorded',
    play(lobby) {
      lobby.listen();
      lobby.socket.tell(matched('a'));
      lobby.actor.send({ type: 'agent.stop' });
      breakMatch(lobby, 'a');
      expect(lobby.output()).toMatchObject({ reason: 'stopped', abandoned: 1 });
    },
  },
  {
    title: 'a socket port that breaks ends the session with a fault',
    play(lobby) {
      lobby.socket.fail(new Error('port broke'));
      lobby.socket.tell({ type: 'socket.opened' });
      expect(lobby.output()).toMatchObject({
        reason: 'failed',
        fault: { code: 'internal', message: 'port broke' },
      });
    },
  },
];

/** Makes the match machine itself throw: the frame lacks what the types promise. */
export function breakMatch(lobby: LobbyHarness, matchId: string): void {
  lobby.match.socket.tell({ type: 'socket.opened' }, matchId);
  lobby.match.socket.tell({ type: 'frame.hello', frame: undefined as never }, matchId);
}
