/** Everything that a match reports and tells its bot, in order and whole. */
import { expect } from 'vitest';
import { RetryPolicy } from '../../src/machines/retry.js';
import { frames, type MatchHarness } from '../kit/match-harness.js';
import type { MatchScenario } from './match.scenarios.js';

const matchId = 'm1';

/** What was reported since the last look. */
const told = (match: MatchHarness) => match.reporter.take();
const asked = (match: MatchHarness) => match.bot.take();

const lost = (code: number, reason = '', more: { httpStatus?: number } = {}) => ({
  type: 'match.lost',
  matchId,
  loss: { code, reason, ...more },
});
const connecting = (attempt: number) => ({ type: 'match.connecting', matchId, attempt });
const retrying = (attempt: number, delayMs: number) => ({
  type: 'match.retrying',
  matchId,
  attempt,
  delayMs,
});
const silent = lost(1006, 'no answer in time');

function answered(requestId: string, action: object, source: string, latencyMs: number) {
  return { type: 'turn.answered', matchId, requestId, answer: action, source, latencyMs };
}

export const matchToldScenarios: MatchScenario[] = [
  {
    title: 'a match is told from its first dial to its end',
    play(match) {
      match.connect();
      expect(told(match)).toEqual([connecting(0), { type: 'match.connected', matchId, resumed: false }]);
      match.socket.tell(frames.matchStart());
      match.socket.tell(frames.roundStart());
      match.clock.advance(1_000);
      match.socket.tell(frames.turn('r1'));
      expect(told(match)).toEqual([
        { type: 'match.started', matchId, seat: 0, opponents: ['them'] },
        { type: 'hand.started', matchId, hand: 1 },
        { type: 'turn.requested', matchId, requestId: 'r1', clockMs: 2_000 },
      ]);
      match.bot.tell({
        ...frames.decided('r1', 'raise'),
        answer: { action: 'raise', params: { amount: 40 } },
      });
      expect(told(match)).toEqual([answered('r1', { action: 'raise', params: { amount: 40 } }, 'bot', 5)]);
      expect(match.socket.commands.at(-1)).toStrictEqual({
        type: 'socket.send',
        frame: {
          type: 'turn_action',
          match_id: matchId,
          request_id: 'r1',
          action: 'raise',
          params: { amount: 40 },
        },
      });
      match.socket.tell(frames.turnResult(0));
      match.socket.tell(frames.roundResult());
      match.socket.tell(frames.matchEnd());
      match.bot.tell({ type: 'bot.finished' });
      expect(told(match)).toEqual([
        {
          type: 'hand.ended',
          matchId,
          hand: 1,
          seat: 0,
          stacks: [10, 30],
          winners: [1],
          pot: 20,
          netChips: null,
        },
      ]);
    },
  },
  {
    title: 'an action without parameters is sent without them',
    play(match) {
      match.playTo('r1');
      match.bot.tell(frames.decided('r1', 'fold'));
      expect(match.socket.commands.at(-1)).toStrictEqual({
        type: 'socket.send',
        frame: { type: 'turn_action', match_id: matchId, request_id: 'r1', action: 'fold' },
      });
    },
  },
  {
    title: 'a lost connection is told with the loss, the wait, the dial, and that it is back',
    play(match) {
      match.connect();
      match.clock.advance(60_000);
      told(match);
      match.socket.tell(frames.closed(1006, 'ECONNRESET'));
      match.clock.advance(1_000);
      match.socket.tell({ ...frames.closed(), httpStatus: 503 });
      match.clock.advance(2_000);
      match.connect();
      expect(told(match)).toEqual([
        lost(1006, 'ECONNRESET'),
        retrying(1, 1_000),
        connecting(1),
        lost(1006, '', { httpStatus: 503 }),
        retrying(2, 1_000),
        connecting(2),
        { type: 'match.connected', matchId, resumed: true },
      ]);
      expect(asked(match).at(-1)).toEqual({ type: 'bot.reconnected', restarted: false });
    },
  },
  {
    title: 'a match that was under way is told as resumed at its first connection',
    input: { resume: true },
    play(match) {
      match.connect();
      expect(told(match)).toEqual([connecting(0), { type: 'match.connected', matchId, resumed: true }]);
      expect(asked(match).at(-1)).toEqual({ type: 'bot.reconnected', restarted: true });
    },
  },
  ...(['dial', 'handshake'] as const).flatMap((what) =>
    [false, true].map(
      (isLast): MatchScenario => ({
        title: `a ${what} without an answer is told as a loss and hung up${isLast ? ', also the last one' : ''}`,
        input: { retryPolicy: new RetryPolicy({ maxReconnectAttempts: isLast ? 0 : 1 }) },
        play(match) {
          if (what === 'handshake') match.socket.tell({ type: 'socket.opened' });
          told(match);
          match.clock.advance(5_000);
          expect(told(match)).toEqual(isLast ? [silent] : [silent, retrying(1, 250)]);
          expect(match.socket.commands.at(-1)).toEqual({ type: 'socket.close' });
          if (!isLast) return;
          expect(match.output()?.result).toMatchObject({
            abandonReason: 'reconnects_exhausted',
            detail:
              'The connection was lost (close code 1006: no answer in time) and the retry policy allows 0 failed reconnects in a row.',
          });
        },
      }),
    ),
  ),
  {
    title: 'the loss that ends a match is told, and kept',
    play(match) {
      match.connect();
      told(match);
      match.socket.tell(frames.closed(4005, 'over'));
      expect(told(match)).toEqual([lost(4005, 'over')]);
      expect(match.actor.getSnapshot().context.link.loss).toEqual({ code: 4005, reason: 'over' });
      expect(match.output()?.result).toMatchObject({
        abandonReason: 'refused',
        detail:
          'The match had ended before this connection was made; its result was not seen. The server said: "over".',
      });
    },
  },
  ...(
    [
      ['no version at all', {}, null],
      ['ours among others', { supported_versions: ['2.0', '1.0'] }, null],
      ['ours as its choice', { selected_version: '1.0' }, null],
      ['another as its choice', { selected_version: '2.0' }, '2.0'],
      ['others only', { supported_versions: ['2.0', '3.0'] }, '2.0, 3.0'],
      ['a choice among others', { selected_version: '2.0', supported_versions: ['2.0', '3.0'] }, '2.0, 3.0'],
      ['a name without an end', { selected_version: 'x'.repeat(100) }, 'x'.repeat(64)],
    ] as const
  ).map(
    ([what, versions, named]): MatchScenario => ({
      title: `a gateway that offers ${what} is ${named === null ? 'played at' : 'left, with what it speaks'}`,
      play(match) {
        match.socket.tell({ type: 'socket.opened' });
        const frame = { type: 'hello' as const, ...structuredClone(versions) } as never;
        match.socket.tell({ type: 'frame.hello', frame });
        if (named === null) {
          expect(match.state()).toEqual({ playing: 'watching' });
        } else {
          expect(match.output()?.result).toMatchObject({
            abandonReason: 'version_unsupported',
            detail: `The gateway speaks ${named}, this client 1.0: update chipzen-agent.`,
          });
        }
      },
    }),
  ),
  {
    title: 'a bot that is overdue is told what was played for it, and so is whoever listens',
    play(match) {
      match.playTo('r1');
      told(match);
      match.clock.advance(1_800);
      match.bot.tell({ type: 'bot.overdue', requestId: 'r1' });
      expect(told(match)).toEqual([
        { type: 'turn.overdue', matchId, requestId: 'r1' },
        answered('r1', { action: 'fold' }, 'overdue', 1_800),
      ]);
      expect(asked(match).at(-1)).toEqual({
        type: 'bot.abort',
        requestId: 'r1',
        missed: { by: 'agent', answer: { action: 'fold' }, waitedMs: 1_800 },
      });
      match.bot.tell({ type: 'bot.late', requestId: 'r1', latencyMs: 2_500 });
      expect(told(match)).toEqual([{ type: 'turn.late', matchId, requestId: 'r1', latencyMs: 2_500 }]);
      // The turn is repeated: the same answer goes out once more, and is not told a second time.
      match.socket.tell(frames.turn('r1'));
      expect(told(match)).toEqual([{ type: 'turn.repeated', matchId, requestId: 'r1', answered: true }]);
      expect(match.answers()).toEqual(['r1: fold', 'r1: fold']);
      match.socket.tell(frames.matchEnd());
      match.bot.tell({ type: 'bot.finished' });
      expect(match.output()?.result).toMatchObject({ turns: 1, fallbacks: 1, corrections: 0 });
    },
  },
  {
    title: 'a bot that answers after its clock has run out is late, and answered for',
    play(match) {
      match.playTo('r1');
      told(match);
      match.clock.advance(2_000);
      match.bot.tell({ ...frames.decided('r1', 'raise'), latencyMs: 2_000 });
      expect(told(match)).toEqual([
        { type: 'turn.late', matchId, requestId: 'r1', latencyMs: 2_000 },
        { type: 'turn.overdue', matchId, requestId: 'r1' },
        answered('r1', { action: 'fold' }, 'overdue', 2_000),
      ]);
    },
  },
  {
    title: 'a proposal that goes out is told as one',
    play(match) {
      match.playTo('r1');
      told(match);
      match.bot.tell({ type: 'bot.overdue', requestId: 'r1', proposal: { action: 'call' } });
      expect(told(match).at(-1)).toEqual(answered('r1', { action: 'call' }, 'proposal', 0));
      expect(asked(match).at(-1)).toEqual({
        type: 'bot.abort',
        requestId: 'r1',
        missed: { by: 'proposal', answer: { action: 'call' }, waitedMs: 0 },
      });
    },
  },
  {
    title: 'a corrected answer is told with what was asked, and counted',
    play(match) {
      match.playTo('r1');
      told(match);
      const correction = { why: 'too small', asked: { action: 'raise', amount: 1 } };
      match.bot.tell({ ...frames.decided('r1'), correction });
      expect(told(match)).toEqual([
        {
          type: 'turn.corrected',
          matchId,
          requestId: 'r1',
          why: 'too small',
          asked: { action: 'raise', amount: 1 },
          sent: { action: 'call' },
        },
        answered('r1', { action: 'call' }, 'bot', 5),
      ]);
      match.actor.send({ type: 'match.cut' });
      expect(match.output()?.result).toMatchObject({ corrections: 1, fallbacks: 0 });
    },
  },
  {
    title:
      'a corrected answer that waits for the connection is told as corrected, and as answered when it is sent',
    play(match) {
      match.playTo('r1');
      match.socket.tell(frames.closed());
      told(match);
      match.bot.tell({ ...frames.decided('r1'), correction: { why: 'too small', asked: 1 } });
      expect(told(match).map(({ type }) => type)).toEqual(['turn.corrected']);
      match.clock.advance(1_000);
      match.connect();
      told(match);
      match.socket.tell(frames.turn('r1'));
      expect(told(match)).toEqual([
        { type: 'turn.repeated', matchId, requestId: 'r1', answered: true },
        answered('r1', { action: 'call' }, 'bot', 5),
      ]);
      // It has been sent and told: another connection gets it again, and nobody hears of it a second time.
      match.socket.tell(frames.closed());
      match.clock.advance(2_000);
      match.connect();
      told(match);
      match.socket.tell(frames.turn('r1'));
      expect(told(match)).toEqual([{ type: 'turn.repeated', matchId, requestId: 'r1', answered: true }]);
      expect(match.answers()).toEqual(['r1: call', 'r1: call']);
    },
  },
  {
    title:
      'a failure of a bot that is away from its table is told, and answered for when the turn is repeated',
    play(match) {
      match.playTo('r1');
      match.socket.tell(frames.closed());
      told(match);
      const { error } = frames.failed();
      match.bot.tell({ ...frames.failed('r1'), error });
      expect(told(match)).toEqual([
        { type: 'bot.failed', matchId, hook: 'decide', message: 'broken', place: null, error },
      ]);
      match.clock.advance(1_000);
      match.connect();
      told(match);
      match.socket.tell(frames.turn('r1'));
      expect(told(match).at(-1)).toEqual(answered('r1', { action: 'fold' }, 'failed', 0));
    },
  },
  {
    title: 'without safe mode a failure while the connection is away is told before it ends the match',
    input: { safeMode: false },
    play(match) {
      match.playTo('r1');
      match.socket.tell(frames.closed());
      told(match);
      match.bot.tell(frames.failed('r1'));
      expect(told(match).map(({ type }) => type)).toEqual(['bot.failed']);
      expect(match.output()?.fault?.code).toBe('bot_decision');
    },
  },
  {
    title: 'repeats are told by whether they had an answer: one still open, one answered, one long over',
    play(match) {
      match.playTo('r1');
      told(match);
      match.socket.tell(frames.turn('r1'));
      expect(told(match)).toEqual([{ type: 'turn.repeated', matchId, requestId: 'r1', answered: false }]);
      match.bot.tell(frames.decided('r1'));
      match.socket.tell(frames.turn('r2'));
      told(match);
      match.socket.tell(frames.turn('r1'));
      expect(told(match)).toEqual([{ type: 'turn.repeated', matchId, requestId: 'r1', answered: true }]);
      expect(match.answers()).toEqual(['r1: call']);
    },
  },
  {
    title: 'a rejected answer is told, and so is the safe one that follows; the turn counts one fallback',
    play(match) {
      match.playTo('r1');
      match.bot.tell(frames.decided('r1', 'raise'));
      told(match);
      match.socket.tell(frames.rejected('r1', { valid_actions: ['fold', 'call', 'raise'], message: 'no' }));
      expect(told(match)).toEqual([
        { type: 'turn.rejected', matchId, requestId: 'r1', reason: 'illegal', message: 'no', retried: true },
        answered('r1', { action: 'fold' }, 'rejected', 5),
      ]);
      match.actor.send({ type: 'match.cut' });
      expect(match.output()?.result).toMatchObject({ fallbacks: 1, rejections: 1 });
    },
  },
  {
    title: 'what the bot noted is told with its answer, and not with one that takes its place',
    play(match) {
      const note = { why: 'odds' };
      match.playTo('r1');
      told(match);
      match.bot.tell({ ...frames.decided('r1', 'raise'), note });
      expect(told(match)).toEqual([{ ...answered('r1', { action: 'raise' }, 'bot', 5), note }]);
      match.socket.tell(frames.rejected('r1', { valid_actions: ['fold', 'call', 'raise'] }));
      expect(told(match).at(-1)).toEqual(answered('r1', { action: 'fold' }, 'rejected', 5));
    },
  },
  {
    title: 'an answer in place of the bot that is rejected is no second fallback',
    play(match) {
      match.playTo('r1');
      match.bot.tell({ type: 'bot.overdue', requestId: 'r1', proposal: { action: 'raise' } });
      match.socket.tell(frames.rejected('r1'));
      expect(match.answers()).toEqual(['r1: raise', 'r1: fold']);
      match.actor.send({ type: 'match.cut' });
      expect(match.output()?.result).toMatchObject({ fallbacks: 1, rejections: 1 });
    },
  },
  {
    title: 'a rejection that names no turn is of the last answer, and time that is left is time to answer',
    play(match) {
      match.playTo('r1');
      match.bot.tell(frames.decided('r1', 'raise'));
      match.clock.advance(1_999);
      match.socket.tell(frames.rejected(undefined));
      expect(match.answers()).toEqual(['r1: raise', 'r1: fold']);
      match.clock.advance(60_000);
      match.socket.tell(frames.turn('r2'));
      match.bot.tell(frames.decided('r2', 'raise'));
      match.clock.advance(60_000);
      match.socket.tell(frames.rejected('r2', { remaining_ms: 1 }));
      expect(match.answers().slice(2)).toEqual(['r2: raise', 'r2: fold']);
    },
  },
  {
    title: 'three rejections of one turn are answered, and not a fourth',
    play(match) {
      match.playTo('r1');
      match.bot.tell(frames.decided('r1', 'raise'));
      told(match);
      for (const valid_actions of [['check'], ['fold'], ['check'], ['fold']]) {
        match.socket.tell(frames.rejected('r1', { valid_actions }));
      }
      expect(match.answers()).toEqual(['r1: raise', 'r1: check', 'r1: fold', 'r1: check']);
      const rejections = told(match).filter(({ type }) => type === 'turn.rejected');
      expect(rejections.map((one) => 'retried' in one && one.retried)).toEqual([true, true, true, false]);
    },
  },
  {
    title: 'an answer that is too large to send is told as refused, and the one in its place',
    play(match) {
      match.playTo('r1');
      match.bot.tell(frames.decided('r1', 'raise'));
      told(match);
      const refusal = { why: 'too_large', frameType: 'turn_action' } as const;
      match.socket.tell({ type: 'socket.refused', ...refusal, requestId: 'r1' });
      expect(told(match)).toEqual([
        { type: 'frame.refused', leg: 'match', matchId, ...refusal },
        answered('r1', { action: 'fold' }, 'refused', 5),
      ]);
      match.socket.tell({ type: 'socket.refused', ...refusal, requestId: 'r1' });
      match.socket.tell({ type: 'socket.refused', why: 'too_large', frameType: 'pong' });
      expect(told(match).map(({ type }) => type)).toEqual(['frame.refused', 'frame.refused']);
      match.actor.send({ type: 'match.cut' });
      expect(match.output()?.result).toMatchObject({ fallbacks: 1, rejections: 0 });
    },
  },
  {
    title: 'an answer that turns out to be too large once its turn is over is not replaced',
    play(match) {
      match.playTo('r1');
      match.bot.tell(frames.decided('r1', 'raise'));
      const refused = { type: 'socket.refused', why: 'too_large', frameType: 'turn_action' } as const;
      match.socket.tell(frames.turnResult(0, { action: 'raise' }));
      match.socket.tell({ ...refused, requestId: 'r1' });
      match.socket.tell(frames.turn('r2'));
      match.socket.tell({ ...refused, requestId: 'r1' });
      expect(match.reports().filter((type) => type === 'frame.refused')).toHaveLength(2);
      expect(match.answers()).toEqual(['r1: raise']);
    },
  },
  {
    title: 'an answer that met a closed socket is not replaced: the turn will be repeated',
    play(match) {
      match.playTo('r1');
      match.bot.tell(frames.decided('r1', 'raise'));
      told(match);
      match.socket.tell({
        type: 'socket.refused',
        why: 'not_open',
        frameType: 'turn_action',
        requestId: 'r1',
      });
      expect(told(match).map(({ type }) => type)).toEqual(['frame.refused']);
      expect(match.answers()).toEqual(['r1: raise']);
    },
  },
  {
    title: 'an answer that made the server close makes way for a safe one, and is told as refused',
    play(match) {
      match.playTo('r1');
      match.bot.tell(frames.decided('r1', 'raise'));
      match.socket.tell(frames.closed(4008));
      match.clock.advance(1_000);
      match.connect();
      match.socket.tell(frames.turn('r1'));
      expect(match.answers()).toEqual(['r1: raise', 'r1: fold']);
      expect(match.actor.getSnapshot().context.answer?.source).toBe('refused');
      // Another kind of loss is one like any other; only a second such close ends the match.
      match.socket.tell(frames.closed());
      expect(match.state()).toEqual({ resuming: 'waiting' });
      match.clock.advance(8_000);
      match.connect();
      match.socket.tell(frames.closed(4008));
      expect(match.output()?.result).toMatchObject({
        abandonReason: 'frame_too_large',
        detail: 'The gateway closed twice because a frame of ours was too large.',
      });
    },
  },
  {
    title: 'a bot that thinks as the match ends is told to stop, and that nothing was played for it',
    play(match) {
      match.playTo('r1');
      asked(match);
      match.socket.tell(frames.matchEnd());
      expect(asked(match)).toStrictEqual([
        { type: 'bot.abort', requestId: 'r1' },
        { type: 'bot.finish', frame: { type: 'match_end', reason: 'complete' } },
      ]);
    },
  },
  {
    title: 'a bot that was never asked is told of the end all the same',
    play(match) {
      match.connect();
      asked(match);
      match.socket.tell(frames.matchEnd());
      expect(asked(match)).toStrictEqual([
        { type: 'bot.abort', requestId: '' },
        { type: 'bot.finish', frame: { type: 'match_end', reason: 'complete' } },
      ]);
    },
  },
  {
    title: 'what another seat did is no answer to the turn that it shows to be over',
    play(match) {
      match.connect();
      match.socket.tell(frames.matchStart());
      match.socket.tell(frames.turn('r1', { seq: 5 }));
      match.socket.tell(frames.closed());
      match.clock.advance(1_000);
      match.connect();
      asked(match);
      match.socket.tell(frames.turnResult(1, { action: 'raise' }, 9));
      expect(asked(match)[0]).toEqual({
        type: 'bot.abort',
        requestId: 'r1',
        missed: { by: 'server', answer: null, waitedMs: 1_000 },
      });
    },
  },
  {
    title: 'ports are made for their match',
    play(match) {
      match.socket.tell({ type: 'socket.opened' }, matchId);
      match.bot.tell({ type: 'bot.slow', hook: 'onMatchStart', waitedMs: 5 }, matchId);
      expect(told(match)).toEqual([
        connecting(0),
        { type: 'bot.slow', matchId, hook: 'onMatchStart', waitedMs: 5 },
      ]);
    },
  },
];
