/**
 * What a match does, as scenarios on scripted ports. Each is a test of its own, and together they must take every
 * transition of the chart.
 */
import { expect } from 'vitest';
import type { MatchInput } from '../../src/machines/match.js';
import { RetryPolicy } from '../../src/machines/retry.js';
import { frames, type MatchHarness } from '../kit/match-harness.js';

export interface MatchScenario {
  title: string;
  input?: Partial<MatchInput>;
  /** The bot does not say on its own that it is made. */
  botIsSlow?: boolean;
  play(match: MatchHarness): void;
}

/** Loses the connection and comes back to the table. */
function dropAndReturn(match: MatchHarness): void {
  match.socket.tell(frames.closed());
  match.clock.advance(1_000);
  match.connect();
}

export const matchScenarios: MatchScenario[] = [
  {
    title: 'plays a whole match: dial, handshake, a turn, the end',
    play(match) {
      expect(match.state()).toEqual({ connecting: 'dialing' });
      expect(match.socket.take()).toEqual([{ type: 'socket.connect', url: 'ws://127.0.0.1/gateway' }]);
      match.socket.tell({ type: 'socket.opened' });
      expect(match.state()).toEqual({ connecting: 'handshaking' });
      expect(match.socket.take()).toEqual([{ type: 'socket.authenticate' }]);
      match.socket.tell(frames.hello());
      expect(match.socket.take()).toEqual([
        {
          type: 'socket.send',
          frame: {
            type: 'hello',
            match_id: 'm1',
            supported_versions: ['1.0'],
            client_name: 'test',
            client_version: '1',
          },
        },
      ]);
      expect(match.state()).toEqual({ playing: 'watching' });
      match.socket.tell(frames.matchStart());
      match.socket.tell(frames.roundStart());
      match.socket.tell(frames.turn('r1'));
      expect(match.state()).toEqual({ playing: 'deciding' });
      const asked = match.bot.commands.at(-1);
      expect(asked).toEqual({
        type: 'bot.decide',
        frame: frames.turn('r1').frame,
        deadlineAt: match.clock.now() + 1_800,
        expiresAt: match.clock.now() + 2_000,
      });
      match.bot.tell(frames.decided('r1'));
      expect(match.state()).toEqual({ playing: 'watching' });
      expect(match.socket.take()).toEqual([
        {
          type: 'socket.send',
          frame: { type: 'turn_action', match_id: 'm1', request_id: 'r1', action: 'call' },
        },
      ]);
      match.socket.tell(frames.turnResult(0));
      match.socket.tell(frames.phaseChange());
      match.socket.tell(frames.turnResult(1));
      match.socket.tell(frames.roundResult());
      match.socket.tell(frames.matchEnd({ results: [{ seat: 0, net_chips: -20 }] }));
      expect(match.state()).toEqual({ playing: 'settling' });
      match.bot.tell({ type: 'bot.finished' });
      expect(match.state()).toBe('done');
      expect(match.output()).toEqual({
        result: {
          matchId: 'm1',
          participantId: 'p1',
          rated: true,
          outcome: 'completed',
          abandonReason: null,
          detail: null,
          end: { type: 'match_end', reason: 'complete', results: [{ seat: 0, net_chips: -20 }] },
          seat: 0,
          netChips: -20,
          hands: 1,
          turns: 1,
          fallbacks: 0,
          corrections: 0,
          rejections: 0,
          timeouts: 0,
          resumes: 0,
          latencyMs: { count: 1, p50: 5, p95: 5, p99: 5, max: 5 },
          startedAt: match.clock.now(),
          endedAt: match.clock.now(),
        },
        fault: null,
      });
      expect(match.bot.commands.map(({ type }) => type)).toEqual([
        'bot.observe',
        'bot.observe',
        'bot.observe',
        'bot.decide',
        'bot.observe',
        'bot.observe',
        'bot.observe',
        'bot.observe',
        'bot.abort',
        'bot.finish',
      ]);
      expect([match.socket.running(), match.bot.running()]).toEqual([0, 0]);
    },
  },
  {
    title: 'answers a ping, counts what it cannot read, reports a refused pong and an error frame',
    play(match) {
      match.connect();
      match.socket.take();
      match.socket.tell(frames.ping);
      expect(match.socket.take()).toEqual([{ type: 'socket.send', frame: { type: 'pong', match_id: 'm1' } }]);
      match.socket.tell(frames.ignored);
      match.socket.tell(frames.ignored);
      match.socket.tell({ type: 'socket.refused', why: 'not_open', frameType: 'pong' });
      match.socket.tell(frames.error('oops'));
      expect(match.reporter.commands.slice(-4)).toEqual([
        { type: 'frame.ignored', leg: 'match', matchId: 'm1', why: 'not_json', frameType: null, count: 1 },
        { type: 'frame.ignored', leg: 'match', matchId: 'm1', why: 'not_json', frameType: null, count: 2 },
        { type: 'frame.refused', leg: 'match', matchId: 'm1', why: 'not_open', frameType: 'pong' },
        { type: 'match.error', matchId: 'm1', code: 'oops', message: 'why' },
      ]);
    },
  },
  {
    title: 'reports a frame that is refused before it is connected',
    play(match) {
      match.socket.tell({ type: 'socket.refused', why: 'not_open', frameType: 'authenticate' });
      expect(match.reports().at(-1)).toBe('frame.refused');
    },
  },
  {
    title: 'gives up on a version it does not speak',
    play(match) {
      match.socket.tell({ type: 'socket.opened' });
      match.socket.tell(frames.hello({ selected_version: '2.0', supported_versions: ['2.0'] }));
      expect(match.state()).toBe('abandoned');
      expect(match.output()?.result.abandonReason).toBe('version_unsupported');
    },
  },
  {
    title: 'redials when the dial takes too long',
    play(match) {
      match.clock.advance(5_000);
      expect(match.state()).toEqual({ resuming: 'waiting' });
      expect(match.socket.take().map(({ type }) => type)).toEqual(['socket.connect', 'socket.close']);
      match.clock.advance(1_000);
      expect(match.state()).toEqual({ resuming: 'dialing' });
    },
  },
  {
    title: 'redials when the handshake takes too long, or is cut',
    play(match) {
      match.clock.advance(4_000);
      match.socket.tell({ type: 'socket.opened' });
      match.clock.advance(999);
      expect(match.state()).toEqual({ connecting: 'handshaking' });
      match.clock.advance(1);
      expect(match.state()).toEqual({ resuming: 'waiting' });
      match.clock.advance(1_000);
      match.socket.tell({ type: 'socket.opened' });
      expect(match.state()).toEqual({ resuming: 'handshaking' });
      match.socket.tell(frames.closed());
      expect(match.state()).toEqual({ resuming: 'waiting' });
    },
  },
  {
    title: 'a resumed dial and a resumed handshake have deadlines too',
    play(match) {
      match.socket.tell(frames.closed());
      match.clock.advance(1_000);
      match.clock.advance(5_000);
      expect(match.state()).toEqual({ resuming: 'waiting' });
      match.clock.advance(250);
      match.socket.tell({ type: 'socket.opened' });
      match.clock.advance(5_000);
      expect(match.state()).toEqual({ resuming: 'waiting' });
      match.clock.advance(250);
      match.socket.tell(frames.closed());
      expect(match.state()).toBe('abandoned');
      expect(match.output()?.result.abandonReason).toBe('reconnects_exhausted');
    },
  },
  {
    title: 'loses the handshake of the first connection and comes back',
    play(match) {
      match.socket.tell({ type: 'socket.opened' });
      match.socket.tell(frames.closed(1011));
      expect(match.state()).toEqual({ resuming: 'waiting' });
      match.clock.advance(1_000);
      match.connect();
      expect(match.state()).toEqual({ playing: 'watching' });
      expect(match.bot.commands.map(({ type }) => type)).toEqual(['bot.observe']);
    },
  },
  {
    title: 'a dropped connection resumes, and the bot is told',
    play(match) {
      match.connect();
      dropAndReturn(match);
      expect(match.state()).toEqual({ playing: 'watching' });
      expect(match.bot.commands.at(-1)).toEqual({ type: 'bot.reconnected', restarted: false });
    },
  },
  {
    title: 'a match announced as in flight tells the bot that it missed the start',
    input: { resume: true },
    play(match) {
      match.connect();
      expect(match.bot.commands.at(-1)).toEqual({ type: 'bot.reconnected', restarted: true });
    },
  },
  {
    title: 'refuses another version after a drop as well',
    play(match) {
      match.connect();
      match.socket.tell(frames.closed());
      match.clock.advance(1_000);
      match.socket.tell({ type: 'socket.opened' });
      match.socket.tell(frames.hello({ selected_version: '2.0', supported_versions: [] }));
      expect(match.output()?.result.abandonReason).toBe('version_unsupported');
    },
  },
  {
    title: 'the pace and the number of failed reconnects that a policy names count',
    input: {
      retryPolicy: new RetryPolicy({ maxReconnectAttempts: 3, initialBackoffMs: 1_000, maxBackoffMs: 1_000 }),
    },
    play(match) {
      const delays: unknown[] = [];
      for (let attempt = 0; attempt < 4; attempt++) {
        match.socket.tell(frames.closed(1006, 'gone'));
        const last = match.reporter.commands.at(-1);
        delays.push(last?.type === 'match.retrying' ? last.delayMs : match.state());
        match.clock.advance(1_000);
      }
      expect(delays).toEqual([1_000, 1_000, 1_000, 'abandoned']);
      expect(match.output()?.result).toMatchObject({
        end: null,
        abandonReason: 'reconnects_exhausted',
        detail:
          'The connection was lost (close code 1006: gone) and the retry policy allows 3 failed reconnects in a row.',
      });
    },
  },
  {
    title: 'gives up at once when the table is closed to it, in every phase',
    play(match) {
      match.socket.tell(frames.closed(4003));
      expect(match.output()?.result).toMatchObject({
        outcome: 'abandoned',
        abandonReason: 'refused',
        end: null,
      });
    },
  },
  {
    title: 'a refusal in the first handshake ends the match',
    play(match) {
      match.socket.tell({ type: 'socket.opened' });
      match.socket.tell(frames.closed(4001));
      expect(match.state()).toBe('abandoned');
    },
  },
  {
    title: 'a refusal while playing ends the match',
    play(match) {
      match.connect();
      match.socket.tell(frames.closed(4005));
      expect(match.state()).toBe('abandoned');
    },
  },
  {
    title: 'a refused reconnect ends the match: the last error frame says why',
    play(match) {
      match.connect();
      match.socket.tell(frames.closed());
      match.clock.advance(1_000);
      match.socket.tell({ type: 'socket.opened' });
      match.socket.tell(frames.error('grace_expired'));
      match.socket.tell(frames.closed(4011));
      expect(match.state()).toBe('abandoned');
    },
  },
  {
    title: 'a dial that is too slow after the budget is used up ends the match',
    input: { retryPolicy: new RetryPolicy({ maxReconnectAttempts: 0 }) },
    play(match) {
      match.clock.advance(5_000);
      expect(match.state()).toBe('abandoned');
    },
  },
  {
    title: 'a handshake that is too slow after the budget is used up ends the match',
    input: { retryPolicy: new RetryPolicy({ maxReconnectAttempts: 0 }) },
    play(match) {
      match.socket.tell({ type: 'socket.opened' });
      match.clock.advance(10_000);
      expect(match.state()).toBe('abandoned');
    },
  },
  {
    title: 'a slow resumed dial can be the last one',
    play(match) {
      for (let attempt = 0; attempt < 3; attempt++) {
        match.socket.tell(frames.closed());
        match.clock.advance(1_000);
      }
      match.clock.advance(5_000);
      expect(match.state()).toBe('abandoned');
    },
  },
  {
    title: 'a slow resumed handshake can be the last one',
    play(match) {
      for (let attempt = 0; attempt < 3; attempt++) {
        match.socket.tell(frames.closed());
        match.clock.advance(1_000);
      }
      match.socket.tell({ type: 'socket.opened' });
      match.clock.advance(5_000);
      expect(match.state()).toBe('abandoned');
    },
  },
  {
    title:
      'the tenth greeted connection in a row that brought nothing new ends the match: a repeated turn is not new',
    play(match) {
      match.playTo('r1');
      for (let connection = 1; connection <= 10; connection++) {
        dropAndReturn(match);
        match.socket.tell(frames.turn('r1', { seq: 50 + connection }));
      }
      match.socket.tell(frames.closed());
      expect(match.output()?.result).toMatchObject({
        abandonReason: 'reconnects_exhausted',
        detail: 'The connection was lost (close code 1006) and 10 connections in a row brought nothing new.',
      });
    },
  },
  {
    title: 'each kind of new game frame makes reconnects begin anew',
    play(match) {
      match.playTo('r1');
      match.bot.tell(frames.decided('r1'));
      const news = [
        frames.roundStart(60),
        frames.phaseChange(61),
        frames.turnResult(1, {}, 62),
        frames.roundResult(63),
        frames.turn('r2', { seq: 64 }),
      ];
      for (const fresh of news) {
        for (let attempt = 0; attempt < 9; attempt++) dropAndReturn(match);
        match.socket.tell(fresh);
        const { attempt, link } = match.actor.getSnapshot().context;
        expect([attempt, link.barren]).toEqual([0, 0]);
      }
      match.socket.tell(frames.closed());
      expect(match.state()).toEqual({ resuming: 'waiting' });
    },
  },
  {
    title: 'an announcement redials at once, at the new URL',
    play(match) {
      match.connect();
      match.socket.tell(frames.closed());
      match.socket.take();
      match.actor.send({ type: 'match.announced', gatewayUrl: 'ws://127.0.0.1/other' });
      expect(match.socket.take()).toEqual([{ type: 'socket.connect', url: 'ws://127.0.0.1/other' }]);
    },
  },
  {
    title: 'an announcement of a match that is being played changes nothing but the URL',
    play(match) {
      match.connect();
      match.socket.take();
      match.actor.send({ type: 'match.announced', gatewayUrl: 'ws://127.0.0.1/other' });
      expect(match.socket.take()).toEqual([]);
      expect(match.state()).toEqual({ playing: 'watching' });
    },
  },
  {
    title: 'answers for a bot that is overdue, and drops its late answer',
    play(match) {
      match.playTo('r1');
      match.clock.advance(1_800);
      match.bot.tell({ type: 'bot.overdue', requestId: 'r1' });
      expect(match.answers()).toEqual(['r1: fold']);
      expect(match.bot.commands.at(-1)).toEqual({
        type: 'bot.abort',
        requestId: 'r1',
        missed: { by: 'agent', answer: { action: 'fold' }, waitedMs: 1_800 },
      });
      match.bot.tell(frames.decided('r1', 'raise'));
      match.bot.tell({ type: 'bot.late', requestId: 'r1', latencyMs: 1_900 });
      expect(match.answers()).toEqual(['r1: fold']);
      expect(match.reports().slice(-4)).toEqual(['turn.overdue', 'turn.answered', 'turn.late', 'turn.late']);
    },
  },
  {
    title: 'the bot has until a margin before the clock of the server: measured, guessed, or asked for',
    input: { marginMs: null },
    play(match) {
      match.playTo('r1');
      const startedAt = match.clock.now();
      match.bot.tell(frames.decided('r1'));
      const timing = { lateMs: 300, roundTripMs: 40 };
      match.socket.tell({ ...frames.turn('r2'), timing });
      match.bot.tell(frames.decided('r2'));
      match.socket.tell({ ...frames.turn('r2'), timing });
      const asked = match.bot.commands.filter((command) => command.type === 'bot.decide');
      expect(
        asked.map(({ deadlineAt, expiresAt }) => [deadlineAt - startedAt, expiresAt - startedAt]),
      ).toEqual([
        [1_800, 2_000],
        [1_540, 1_700],
      ]);
    },
  },
  {
    title: 'a turn that names no clock has that of the turn before it',
    play(match) {
      match.connect();
      match.socket.tell(frames.turn('r1', { timeout_ms: 30_000 }));
      match.bot.tell(frames.decided('r1'));
      const { timeout_ms: _, ...frame } = frames.turn('r2').frame;
      match.socket.tell({ type: 'frame.turn_request', frame });
      expect(match.bot.commands.at(-1)).toMatchObject({ expiresAt: match.clock.now() + 30_000 });
    },
  },
  {
    title: 'a margin that was asked for is kept to, whatever was measured',
    input: { marginMs: 30 },
    play(match) {
      match.connect();
      match.socket.tell({ ...frames.turn('r1'), timing: { lateMs: 0, roundTripMs: 400 } });
      const [asked] = match.bot.commands.filter((command) => command.type === 'bot.decide');
      expect(asked?.deadlineAt).toBe(match.clock.now() + 1_970);
    },
  },
  {
    title: 'the proposal of an overdue bot goes out in place of the safe action',
    play(match) {
      match.playTo('r1');
      match.bot.tell({
        type: 'bot.overdue',
        requestId: 'r1',
        proposal: { action: 'raise', params: { amount: 40 } },
      });
      expect(match.answers()).toEqual(['r1: raise']);
      expect(match.bot.commands.at(-1)).toEqual({
        type: 'bot.abort',
        requestId: 'r1',
        missed: { by: 'proposal', answer: { action: 'raise', params: { amount: 40 } }, waitedMs: 0 },
      });
    },
  },
  {
    title: 'the proposal of a bot that fails goes out as well',
    play(match) {
      match.playTo('r1');
      match.bot.tell({ ...frames.failed('r1'), proposal: { action: 'call' } });
      expect(match.answers()).toEqual(['r1: call']);
      expect(match.reporter.commands.at(-1)).toMatchObject({ type: 'turn.answered', source: 'proposal' });
    },
  },
  {
    title: 'a bot is told of each turn that was over before it had decided',
    play(match) {
      match.playTo('r1');
      match.clock.advance(2_000);
      match.socket.tell(frames.turnResult(0, { action: 'check', is_timeout: true }));
      match.socket.tell(frames.turn('r2'));
      match.socket.tell(frames.turnResult(0, { action: 'call' }));
      match.socket.tell(frames.turn('r3'));
      match.socket.tell(frames.turn('r4'));
      expect(match.bot.commands.filter(({ type }) => type === 'bot.abort')).toEqual([
        {
          type: 'bot.abort',
          requestId: 'r1',
          missed: { by: 'server', answer: { action: 'check' }, waitedMs: 2_000 },
        },
        {
          type: 'bot.abort',
          requestId: 'r2',
          missed: { by: 'server', answer: { action: 'call' }, waitedMs: 0 },
        },
        { type: 'bot.abort', requestId: 'r3', missed: { by: 'server', answer: null, waitedMs: 0 } },
      ]);
    },
  },
  {
    title: 'a bot that lost its thread is reported as such, and so is the one that takes over',
    play(match) {
      match.playTo('r1');
      match.bot.tell({ ...frames.failed('r1'), hook: 'thread', terminated: 'exited' });
      match.bot.tell({ type: 'bot.restarted', replayed: 3, restored: true });
      expect(match.answers()).toEqual(['r1: fold']);
      expect(match.reporter.commands.slice(-3)).toEqual([
        {
          type: 'bot.terminated',
          matchId: 'm1',
          why: 'exited',
          message: 'broken',
          error: new Error('broken'),
        },
        expect.objectContaining({ type: 'turn.answered', source: 'failed' }),
        { type: 'bot.restarted', matchId: 'm1', replayed: 3, restored: true },
      ]);
    },
  },
  {
    title:
      'an answer after the turn has expired is dropped for the safe action, also when no timer could fire',
    play(match) {
      match.playTo('r1');
      match.clock.block(2_000);
      match.bot.tell(frames.decided('r1', 'raise'));
      expect(match.answers()).toEqual(['r1: fold']);
      expect(match.bot.commands.at(-1)).toEqual({
        type: 'bot.abort',
        requestId: 'r1',
        missed: { by: 'agent', answer: { action: 'fold' }, waitedMs: 2_000 },
      });
      expect(match.state()).toEqual({ playing: 'watching' });
    },
  },
  {
    title: 'an answer to another turn is reported and not sent',
    play(match) {
      match.playTo('r2');
      match.bot.tell(frames.decided('r1'));
      expect(match.answers()).toEqual([]);
      expect(match.reports().at(-1)).toBe('turn.late');
      expect(match.state()).toEqual({ playing: 'deciding' });
    },
  },
  {
    title: 'a corrected answer is sent and reported',
    play(match) {
      match.playTo('r1');
      match.bot.tell({ ...frames.decided('r1'), correction: { why: 'because', asked: 'x' } });
      expect(match.answers()).toEqual(['r1: call']);
      expect(match.reports().slice(-2)).toEqual(['turn.corrected', 'turn.answered']);
    },
  },
  {
    title: 'a bot that fails to decide is answered for',
    play(match) {
      match.playTo('r1');
      match.bot.tell(frames.failed('r1'));
      expect(match.answers()).toEqual(['r1: fold']);
      expect(match.state()).toEqual({ playing: 'watching' });
    },
  },
  {
    title: 'a bot that fails in a hook goes on playing',
    play(match) {
      match.playTo('r1');
      match.bot.tell(frames.failed());
      expect(match.state()).toEqual({ playing: 'deciding' });
      match.bot.tell(frames.decided('r1'));
      match.bot.tell(frames.failed());
      expect(match.state()).toEqual({ playing: 'watching' });
      expect(match.reports().filter((type) => type === 'bot.failed')).toHaveLength(2);
    },
  },
  {
    title: 'without safe mode the first failure while deciding ends the match with the error',
    input: { safeMode: false },
    play(match) {
      match.playTo('r1');
      const failure = frames.failed('r1');
      match.bot.tell(failure);
      expect(match.state()).toBe('abandoned');
      expect(match.output()?.fault).toEqual({
        code: 'bot_decision',
        message: 'The bot failed in decide: broken',
        cause: failure.error,
      });
    },
  },
  {
    title: 'without safe mode a failing hook ends the match with the error',
    input: { safeMode: false },
    play(match) {
      match.bot.tell(frames.failed());
      expect(match.state()).toBe('abandoned');
      expect(match.output()?.result.abandonReason).toBe('bot_error');
    },
  },
  {
    title: 'a turn the server played for us while the bot thinks is closed: nothing is sent',
    play(match) {
      match.playTo('r1');
      match.socket.tell(frames.turnResult(0, { is_timeout: true, action: 'fold' }));
      expect(match.state()).toEqual({ playing: 'watching' });
      match.bot.tell(frames.decided('r1'));
      expect(match.answers()).toEqual([]);
      expect(match.reporter.commands.at(-2)).toEqual({
        type: 'turn.timed_out',
        matchId: 'm1',
        action: 'fold',
      });
    },
  },
  {
    title: 'a result of our seat closes the turn, a result of another does not',
    play(match) {
      match.playTo('r1');
      match.socket.tell(frames.turnResult(1));
      expect(match.state()).toEqual({ playing: 'deciding' });
      match.socket.tell(frames.turnResult(0));
      expect(match.state()).toEqual({ playing: 'watching' });
      expect(match.answers()).toEqual([]);
    },
  },
  {
    title: 'a result that was sent before the turn was asked does not close it',
    play(match) {
      match.connect();
      match.socket.tell(frames.matchStart());
      match.socket.tell(frames.turn('r1', { seq: 9 }));
      match.socket.tell(frames.turnResult(0, { is_timeout: true }, 8));
      expect(match.state()).toEqual({ playing: 'deciding' });
      match.bot.tell(frames.decided('r1'));
      expect(match.answers()).toEqual(['r1: call']);
      expect(match.reports()).not.toContain('turn.timed_out');
    },
  },
  {
    title: 'an answer that came too late for the server is recorded as a turn lost',
    play(match) {
      match.playTo('r1');
      match.bot.tell(frames.decided('r1'));
      match.socket.tell(frames.turnResult(0, { is_timeout: true, action: 'check' }));
      expect(match.reports().at(-1)).toBe('turn.timed_out');
      match.socket.tell(frames.matchEnd());
      match.bot.tell({ type: 'bot.finished' });
      expect(match.output()?.result.timeouts).toBe(1);
    },
  },
  {
    title: 'a repeated turn gets the same answer once more, and only once on a connection',
    play(match) {
      match.playTo('r1');
      match.bot.tell(frames.decided('r1', 'raise'));
      dropAndReturn(match);
      match.socket.tell(frames.turn('r1'));
      match.socket.tell(frames.turn('r1'));
      expect(match.answers()).toEqual(['r1: raise', 'r1: raise']);
      dropAndReturn(match);
      match.socket.tell(frames.turn('r1'));
      expect(match.answers()).toEqual(['r1: raise', 'r1: raise', 'r1: raise']);
      expect(match.bot.commands.filter(({ type }) => type === 'bot.decide')).toHaveLength(1);
    },
  },
  {
    title: 'a bot that is still thinking when the socket drops goes on, and its answer waits for the repeat',
    play(match) {
      match.playTo('r1');
      match.socket.tell(frames.closed());
      match.bot.tell(frames.decided('r1', 'raise'));
      expect(match.answers()).toEqual([]);
      expect(match.reports()).not.toContain('turn.answered');
      match.clock.advance(1_000);
      match.connect();
      match.socket.tell(frames.turn('r1'));
      expect(match.answers()).toEqual(['r1: raise']);
      expect(match.reporter.commands.at(-1)).toMatchObject({
        type: 'turn.answered',
        requestId: 'r1',
        source: 'bot',
        latencyMs: 5,
      });
    },
  },
  {
    title: 'a repeat of a turn the bot still thinks about renews its clock and asks nothing again',
    play(match) {
      match.playTo('r1');
      match.clock.advance(500);
      match.socket.tell(frames.turn('r1'));
      expect(match.bot.commands.at(-1)).toEqual({
        type: 'bot.decide',
        frame: frames.turn('r1').frame,
        deadlineAt: match.clock.now() + 1_800,
        expiresAt: match.clock.now() + 2_000,
      });
      match.socket.tell(frames.matchEnd());
      match.bot.tell({ type: 'bot.finished' });
      expect(match.output()?.result.turns).toBe(1);
    },
  },
  {
    title:
      'a turn that is repeated after a later one was asked is over: the bot is left to think about the later one',
    play(match) {
      match.playTo('r1');
      match.bot.tell(frames.decided('r1'));
      match.socket.tell(frames.turnResult(0));
      match.socket.tell(frames.turn('r2'));
      match.bot.tell(frames.decided('r2'));
      match.socket.tell(frames.turn('r3'));
      match.bot.take();
      match.socket.tell(frames.turn('r1'));
      match.socket.tell(frames.turn('r2'));
      expect(match.bot.take()).toEqual([]);
      expect(match.reports().slice(-2)).toEqual(['turn.repeated', 'turn.repeated']);
      match.bot.tell(frames.decided('r3', 'raise'));
      expect(match.answers()).toEqual(['r1: call', 'r2: call', 'r3: raise']);
      match.socket.tell(frames.turn('r2'));
      expect(match.answers()).toHaveLength(3);
      match.socket.tell(frames.matchEnd());
      match.bot.tell({ type: 'bot.finished' });
      expect(match.output()?.result).toMatchObject({ turns: 3, fallbacks: 0 });
    },
  },
  {
    title: 'an answered turn whose result was seen is not answered again on this connection',
    play(match) {
      match.playTo('r1');
      match.bot.tell(frames.decided('r1'));
      match.socket.tell(frames.turnResult(0));
      match.socket.tell(frames.turn('r1'));
      expect(match.answers()).toEqual(['r1: call']);
      expect(match.reports().at(-1)).toBe('turn.repeated');
      // The server that asks for it on another one has not heard it.
      dropAndReturn(match);
      match.socket.tell(frames.turn('r1'));
      expect(match.answers()).toEqual(['r1: call', 'r1: call']);
    },
  },
  {
    title: 'a turn that was taken for over and is repeated is put to its bot again, and counted once',
    play(match) {
      match.playTo('r1');
      match.socket.tell(frames.turnResult(0));
      match.bot.take();
      match.socket.tell(frames.turn('r1'));
      expect(match.bot.take().map(({ type }) => type)).toEqual(['bot.decide']);
      match.bot.tell(frames.decided('r1', 'raise'));
      expect(match.answers()).toEqual(['r1: raise']);
      match.socket.tell(frames.matchEnd());
      match.bot.tell({ type: 'bot.finished' });
      expect(match.output()?.result.turns).toBe(1);
    },
  },
  {
    title: 'a bot that fails while the socket is down is answered for when the turn is repeated',
    play(match) {
      match.playTo('r1');
      match.socket.tell(frames.closed());
      match.bot.tell(frames.failed('r1'));
      match.bot.tell(frames.failed());
      match.clock.advance(1_000);
      match.connect();
      match.socket.tell(frames.turn('r1'));
      expect(match.answers()).toEqual(['r1: fold']);
    },
  },
  {
    title: 'an answer that nobody waits for is reported while the socket is down',
    play(match) {
      match.socket.tell(frames.closed());
      match.bot.tell(frames.decided('r0'));
      expect(match.reports().at(-1)).toBe('turn.late');
    },
  },
  {
    title: 'a new turn takes the place of one that is still open',
    play(match) {
      match.playTo('r1');
      match.bot.take();
      match.socket.tell(frames.turn('r2'));
      expect(match.bot.take().map(({ type }) => type)).toEqual(['bot.abort', 'bot.decide']);
      match.bot.tell(frames.decided('r2'));
      expect(match.answers()).toEqual(['r2: call']);
    },
  },
  {
    title: 'a rejected answer is replaced by one that is free; after a refused fold nothing is called',
    play(match) {
      match.playTo('r1');
      match.bot.tell(frames.decided('r1', 'raise'));
      match.socket.tell(frames.rejected('r1', { remaining_ms: 900 }));
      match.socket.tell(frames.rejected(undefined));
      for (let more = 0; more < 3; more++) match.socket.tell(frames.rejected('r1'));
      expect(match.answers()).toEqual(['r1: raise', 'r1: fold']);
      expect(match.reporter.commands.at(-1)).toMatchObject({ type: 'turn.rejected', retried: false });
    },
  },
  {
    title: 'no correction goes out when no time is left, for another turn, or for a duplicate',
    play(match) {
      match.socket.tell({ type: 'socket.opened' });
      match.socket.tell(frames.hello());
      match.socket.tell(frames.rejected('r0'));
      match.socket.tell(frames.turn('r1'));
      match.bot.tell(frames.decided('r1', 'raise'));
      match.socket.tell(frames.rejected('r1', { remaining_ms: 0 }));
      match.socket.tell(frames.rejected('r0'));
      match.socket.tell(frames.rejected('r1', { reason: 'duplicate_action' }));
      match.clock.advance(2_000);
      match.socket.tell(frames.rejected('r1'));
      expect(match.answers()).toEqual(['r1: raise']);
    },
  },
  {
    title: 'a late rejection is not answered once the turn is over or another one is open',
    play(match) {
      match.playTo('r1');
      match.bot.tell(frames.decided('r1', 'raise'));
      match.socket.tell(frames.turnResult(0));
      match.socket.tell(frames.rejected('r1'));
      match.socket.tell(frames.turn('r2'));
      match.socket.tell(frames.rejected('r1'));
      match.socket.tell(frames.rejected(undefined));
      expect(match.answers()).toEqual(['r1: raise']);
    },
  },
  {
    title:
      'what was decided or failed while the socket was down is reported: a correction then, the answer when it goes out',
    play(match) {
      match.playTo('r1');
      match.socket.tell(frames.closed());
      match.bot.tell({ ...frames.decided('r1'), correction: { why: 'because', asked: 'x' } });
      expect(match.reports().at(-1)).toBe('turn.corrected');
      match.clock.advance(1_000);
      match.connect();
      match.socket.tell(frames.turn('r1'));
      match.socket.tell(frames.turn('r1'));
      expect(match.answers()).toEqual(['r1: call']);
      expect(match.reports().filter((type) => type === 'turn.answered')).toHaveLength(1);
    },
  },
  {
    title: 'a repeated turn that was answered has a new clock: a rejection of it is answered in that time',
    play(match) {
      match.playTo('r1');
      match.bot.tell(frames.decided('r1', 'raise'));
      match.socket.tell(frames.turnResult(0));
      dropAndReturn(match);
      match.socket.tell(frames.turn('r1'));
      match.socket.tell(frames.rejected('r1', { valid_actions: ['call'] }));
      expect(match.answers()).toEqual(['r1: raise', 'r1: raise', 'r1: call']);
      match.socket.tell(frames.matchEnd());
      match.bot.tell({ type: 'bot.finished' });
      expect(match.output()?.result.turns).toBe(1);
    },
  },
  {
    title: 'the bot is told to stop thinking when the server closes its turn',
    play(match) {
      match.playTo('r1');
      match.bot.take();
      match.socket.tell(frames.turnResult(0));
      expect(match.bot.take().map(({ type }) => type)).toEqual(['bot.abort', 'bot.observe']);
      match.socket.tell(frames.turn('r2'));
      match.bot.take();
      match.socket.tell(frames.turnResult(0, { is_timeout: true }));
      expect(match.bot.take().map(({ type }) => type)).toEqual(['bot.abort', 'bot.observe']);
      match.socket.tell(frames.turn('r3'));
      match.bot.take();
      match.socket.tell({ type: 'frame.action_timeout', frame: { type: 'action_timeout' } });
      expect(match.bot.take()).toEqual([
        { type: 'bot.abort', requestId: 'r3', missed: { by: 'server', answer: null, waitedMs: 0 } },
      ]);
      expect(match.state()).toEqual({ playing: 'watching' });
    },
  },
  {
    title: 'a turn the server played is over for rejections, too; one it played for another seat is not ours',
    play(match) {
      match.playTo('r1');
      match.bot.tell(frames.decided('r1', 'raise'));
      match.socket.tell(frames.turnResult(1, { is_timeout: true }));
      expect(match.reports()).not.toContain('turn.timed_out');
      match.socket.tell(frames.turnResult(0, { is_timeout: true }));
      match.socket.tell(frames.rejected('r1'));
      expect(match.answers()).toEqual(['r1: raise']);
    },
  },
  {
    title: 'a result of our own seat that is new makes reconnects begin anew; one seen before does not',
    play(match) {
      match.playTo('r1');
      match.bot.tell(frames.decided('r1'));
      match.socket.tell(frames.turn('r2', { seq: 70 }));
      match.bot.tell(frames.decided('r2'));
      dropAndReturn(match);
      match.socket.tell(frames.phaseChange(70));
      expect(match.actor.getSnapshot().context.attempt).toBe(1);
      match.socket.tell(frames.turnResult(0, {}, 71));
      expect(match.actor.getSnapshot().context.attempt).toBe(0);
    },
  },
  {
    title: 'the error frame of one connection says nothing about the next',
    play(match) {
      match.connect();
      match.socket.tell(frames.error('grace_expired'));
      dropAndReturn(match);
      match.socket.tell(frames.closed(4011));
      expect(match.state()).toEqual({ resuming: 'waiting' });
    },
  },
  {
    title: 'the seat is known from a turn alone, and the latency counts from the first time a turn was asked',
    input: { resume: true, supportedGames: ['nlhe', 'ofc'] },
    play(match) {
      match.connect();
      expect(match.socket.take().at(-1)).toMatchObject({ frame: { supported_games: ['nlhe', 'ofc'] } });
      expect(match.reporter.commands.at(-1)).toEqual({
        type: 'match.connected',
        matchId: 'm1',
        resumed: true,
      });
      match.socket.tell(frames.turn('r1', { seat: 3 }));
      match.clock.advance(1_000);
      match.socket.tell(frames.turn('r1', { seat: 3 }));
      match.bot.tell({ type: 'bot.overdue', requestId: 'r1' });
      expect(match.reporter.commands.at(-1)).toMatchObject({ type: 'turn.answered', latencyMs: 1_000 });
      match.socket.tell(frames.matchEnd({ results: [{ seat: 3, net_chips: 8 }] }));
      match.bot.tell({ type: 'bot.finished' });
      expect(match.output()?.result).toMatchObject({ seat: 3, netChips: 8 });
    },
  },
  {
    title: 'a URL announced while playing is the one dialed after a drop',
    play(match) {
      match.connect();
      match.actor.send({ type: 'match.announced', gatewayUrl: 'ws://127.0.0.1/other' });
      match.socket.tell(frames.closed());
      match.clock.advance(1_000);
      expect(match.socket.commands.at(-1)).toEqual({ type: 'socket.connect', url: 'ws://127.0.0.1/other' });
    },
  },
  {
    title: 'a hook that takes too long is reported, and so is an onMatchEnd that is not waited for',
    play(match) {
      match.connect();
      match.bot.tell({ type: 'bot.slow', hook: 'onRoundStart', waitedMs: 10_000 });
      match.socket.tell(frames.matchEnd());
      match.clock.advance(2_000);
      expect(match.reporter.commands.slice(-2)).toEqual([
        { type: 'bot.slow', matchId: 'm1', hook: 'onRoundStart', waitedMs: 10_000 },
        { type: 'bot.slow', matchId: 'm1', hook: 'onMatchEnd', waitedMs: 2_000 },
      ]);
    },
  },
  {
    title: 'a card that the bot was asked without is reported',
    play(match) {
      match.connect();
      match.bot.tell({ type: 'bot.unread', field: 'board', found: '"1d"' });
      expect(match.reporter.commands.at(-1)).toEqual({
        type: 'card.unread',
        matchId: 'm1',
        field: 'board',
        found: '"1d"',
      });
    },
  },
  {
    title: 'an older server says on its own that it played for us',
    play(match) {
      match.connect();
      match.socket.tell({ type: 'frame.action_timeout', frame: { type: 'action_timeout' } });
      expect(match.reporter.commands.at(-1)).toEqual({ type: 'turn.timed_out', matchId: 'm1', action: null });
    },
  },
  {
    title: 'an answer that is too large to send makes way for a safe one',
    play(match) {
      match.playTo('r1');
      match.bot.tell(frames.decided('r1', 'raise'));
      match.socket.tell({
        type: 'socket.refused',
        why: 'too_large',
        frameType: 'turn_action',
        requestId: 'r1',
      });
      match.socket.tell({
        type: 'socket.refused',
        why: 'too_large',
        frameType: 'turn_action',
        requestId: 'r1',
      });
      expect(match.answers()).toEqual(['r1: raise', 'r1: fold']);
    },
  },
  {
    title: 'a frame that made the server close is not sent again, and a second such close ends the match',
    play(match) {
      match.playTo('r1');
      match.bot.tell(frames.decided('r1', 'raise'));
      match.socket.tell(frames.closed(4008));
      match.clock.advance(1_000);
      match.connect();
      match.socket.tell(frames.turn('r1'));
      expect(match.answers()).toEqual(['r1: raise', 'r1: fold']);
      match.socket.tell(frames.closed(4008));
      expect(match.output()?.result.abandonReason).toBe('frame_too_large');
    },
  },
  {
    title: 'a cut ends the match with its result',
    play(match) {
      match.playTo('r1');
      match.actor.send({ type: 'match.cut' });
      expect(match.state()).toBe('abandoned');
      expect(match.output()?.result).toMatchObject({ end: null, abandonReason: 'cut', turns: 1 });
    },
  },
  {
    title: 'a cut, a close and late frames change nothing once the match has ended',
    play(match) {
      match.playTo('r1');
      match.socket.tell(frames.matchEnd({ reason: 'cancelled' }));
      match.actor.send({ type: 'match.cut' });
      match.socket.tell(frames.closed(4001));
      match.socket.tell(frames.turn('r2'));
      match.bot.tell(frames.failed());
      expect(match.state()).toEqual({ playing: 'settling' });
      match.clock.advance(2_000);
      expect(match.state()).toBe('done');
      expect(match.output()?.result).toMatchObject({ outcome: 'completed', end: { reason: 'cancelled' } });
    },
  },
  {
    title: 'a match_end counts before the handshake is over',
    play(match) {
      match.socket.tell({ type: 'socket.opened' });
      match.socket.tell(frames.matchEnd({ source: 'gateway' }));
      expect(match.state()).toEqual({ playing: 'settling' });
    },
  },
  {
    title: 'without safe mode a failing onMatchEnd keeps the result and tells the error',
    input: { safeMode: false },
    play(match) {
      match.connect();
      match.socket.tell(frames.matchEnd());
      match.bot.tell(frames.failed());
      expect(match.state()).toBe('done');
      expect(match.output()).toMatchObject({
        result: { outcome: 'completed' },
        fault: { code: 'bot_decision' },
      });
    },
  },
  {
    title: 'a socket port that breaks ends the match with a record',
    play(match) {
      match.socket.fail(new Error('port broke'));
      match.socket.tell({ type: 'socket.opened' });
      expect(match.output()?.result).toMatchObject({ abandonReason: 'internal', detail: 'port broke' });
    },
  },
  {
    title: 'a bot port that breaks ends the match with a record',
    play(match) {
      match.bot.fail(new Error('host broke'));
      match.connect();
      expect(match.output()?.result).toMatchObject({ abandonReason: 'internal', detail: 'host broke' });
    },
  },
];
