/** Turns that end without our answer, also while nobody could tell us: what proves it, and what follows. */
import { expect } from 'vitest';
import { frames, type MatchHarness } from '../kit/match-harness.js';
import type { MatchScenario } from './match.scenarios.js';

/** Asked to decide r1 as frame 9, then away and back, with the turn not repeated. */
function loseTurn(match: MatchHarness): void {
  match.connect();
  match.socket.tell(frames.matchStart());
  match.socket.tell(frames.turn('r1', { seq: 9 }));
  match.socket.tell(frames.closed());
  match.clock.advance(1_000);
  match.connect();
  match.bot.take();
}

const timeouts = (match: MatchHarness): number => match.actor.getSnapshot().context.tally.timeouts;
const timedOut = (match: MatchHarness) =>
  match.reporter.commands.filter(({ type }) => type === 'turn.timed_out');

const freed = (match: MatchHarness, answer: { action: string } | null = null) => ({
  type: 'bot.abort',
  requestId: 'r1',
  missed: { by: 'server', answer, waitedMs: match.clock.now() - 1_700_000_000_000 },
});

const history = (...entries: unknown[]) => ({
  ...frames.roundResult(),
  frame: { ...frames.roundResult().frame, result: { action_history: entries as never } },
});

/** Each shows that r1 is over, in its own way. */
const proofs: [what: string, event: Parameters<MatchHarness['socket']['tell']>[0], action: string | null][] =
  [
    [
      'a result that the server played for us',
      frames.turnResult(0, { action: 'check', is_timeout: true }, 10),
      'check',
    ],
    ['the end of the hand', frames.roundResult(11), null],
    ['the end of the hand, from an older server', frames.roundResult(), null],
    ['the next hand', frames.roundStart(12), null],
    ['the next hand, from an older server', frames.roundStart(), null],
    ['the next street', frames.phaseChange(10), null],
    ['an action of another seat', frames.turnResult(1, { action: 'call' }, 10), null],
    ['another turn', frames.turn('r2', { seq: 12 }), null],
    [
      'an older server that has no open turn for us',
      { type: 'frame.reconnected', frame: { type: 'reconnected', pending_request: null } },
      null,
    ],
  ];

export const matchOverScenarios: MatchScenario[] = [
  ...proofs.map(
    ([what, event, action]): MatchScenario => ({
      title: `a turn that died while the connection was away frees the bot and is counted: ${what}`,
      play(match) {
        loseTurn(match);
        match.socket.tell(event);
        expect(match.bot.take()[0]).toEqual(freed(match, action === null ? null : { action }));
        expect(timeouts(match)).toBe(1);
        expect(timedOut(match)).toEqual([{ type: 'turn.timed_out', matchId: 'm1', action }]);
        match.bot.tell(frames.decided('r1'));
        expect(match.answers()).toEqual([]);
        expect(match.reports()).toContain('turn.late');
      },
    }),
  ),
  ...proofs.map(
    ([what, event]): MatchScenario => ({
      title: `an answer that was held back for such a turn counts no less: ${what}`,
      play(match) {
        match.connect();
        match.socket.tell(frames.matchStart());
        match.socket.tell(frames.turn('r1', { seq: 9 }));
        match.socket.tell(frames.closed());
        match.bot.tell(frames.decided('r1'));
        match.clock.advance(1_000);
        match.connect();
        match.bot.take();
        match.socket.tell(event);
        expect(match.bot.take().filter(({ type }) => type === 'bot.abort')).toEqual([]);
        expect([timeouts(match), match.answers()]).toEqual([1, []]);
      },
    }),
  ),
  {
    title: 'a result of our seat that is no timeout frees the bot without being counted',
    play(match) {
      loseTurn(match);
      match.socket.tell(frames.turnResult(0, { action: 'call' }, 10));
      expect(match.bot.take()[0]).toEqual(freed(match, { action: 'call' }));
      expect([timeouts(match), match.state()]).toEqual([0, { playing: 'watching' }]);
    },
  },
  {
    title: 'frames from before the turn, and of other seats while it is thought about, prove nothing',
    play(match) {
      match.connect();
      match.socket.tell(frames.matchStart());
      match.socket.tell(frames.turn('r1', { seq: 9 }));
      match.bot.take();
      match.socket.tell(frames.turnResult(1, { action: 'bid' }, 10));
      match.socket.tell(frames.phaseChange(11));
      match.socket.tell(frames.roundStart(8));
      match.socket.tell(frames.roundResult(8));
      match.socket.tell({ type: 'frame.reconnected', frame: { type: 'reconnected' } });
      expect(match.bot.take().map(({ type }) => type)).not.toContain('bot.abort');
      expect(match.state()).toEqual({ playing: 'deciding' });
      match.bot.tell(frames.decided('r1'));
      expect([match.answers(), timeouts(match)]).toEqual([['r1: call'], 0]);
    },
  },
  {
    title: 'a turn that is repeated on the new connection is alive there',
    play(match) {
      loseTurn(match);
      match.socket.tell(frames.turn('r1', { seq: 10 }));
      match.socket.tell(frames.turnResult(1, {}, 11));
      match.bot.tell(frames.decided('r1'));
      expect([match.answers(), timeouts(match)]).toEqual([['r1: call'], 0]);
    },
  },
  {
    title:
      'a bot that is late while the connection is away is freed, and answered for if the turn is repeated',
    play(match) {
      match.playTo('r1');
      match.socket.tell(frames.closed());
      match.bot.take();
      match.bot.tell({ type: 'bot.overdue', requestId: 'r1', proposal: { action: 'call' } });
      expect(match.bot.take()).toEqual([
        {
          type: 'bot.abort',
          requestId: 'r1',
          missed: { by: 'proposal', answer: { action: 'call' }, waitedMs: 0 },
        },
      ]);
      expect(match.reports().at(-1)).toBe('turn.overdue');
      match.clock.advance(1_000);
      match.connect();
      match.bot.tell({ type: 'bot.overdue', requestId: 'r1' });
      expect(match.answers()).toEqual([]);
      match.socket.tell(frames.turn('r1'));
      expect(match.answers()).toEqual(['r1: call']);
      expect(match.reporter.commands.at(-1)).toMatchObject({ type: 'turn.answered', source: 'proposal' });
    },
  },
  {
    title: 'a bot that is late for a turn not yet repeated is freed, too, and nothing is sent',
    play(match) {
      loseTurn(match);
      match.bot.tell({ type: 'bot.overdue', requestId: 'r1' });
      expect(match.bot.take().map(({ type }) => type)).toEqual(['bot.abort']);
      expect([match.answers(), match.state()]).toEqual([[], { playing: 'watching' }]);
    },
  },
  {
    title: 'the history of a hand tells of turns that the server played unseen, each one once',
    play(match) {
      match.connect();
      match.socket.tell(frames.matchStart());
      match.socket.tell(frames.turnResult(0, { action: 'check', is_timeout: true }, 5));
      match.socket.tell(frames.closed());
      match.clock.advance(1_000);
      match.connect();
      match.socket.tell(
        history(
          { seat: 0, action: 'check', is_timeout: true },
          { seat: 1, action: 'bet', is_timeout: true },
          null,
          { seat: 0, action: 'fold', is_timeout: true },
          { seat: 0, is_timeout: true },
          { seat: 0, action: 'call', is_timeout: false },
        ),
      );
      expect(timeouts(match)).toBe(3);
      expect(timedOut(match)).toEqual([
        { type: 'turn.timed_out', matchId: 'm1', action: 'check' },
        { type: 'turn.timed_out', matchId: 'm1', action: 'fold' },
        { type: 'turn.timed_out', matchId: 'm1', action: null },
      ]);
      match.socket.tell(history());
      expect(timeouts(match)).toBe(3);
    },
  },
  {
    title: 'what was counted of one hand is no part of the next',
    play(match) {
      match.connect();
      match.socket.tell(frames.matchStart());
      match.socket.tell(frames.turnResult(0, { action: 'check', is_timeout: true }));
      match.socket.tell(frames.roundStart(20));
      match.socket.tell(history({ seat: 0, action: 'check', is_timeout: true }));
      expect(timeouts(match)).toBe(2);
      match.socket.tell(history({ seat: 0, action: 'fold', is_timeout: true }));
      expect(timeouts(match)).toBe(3);
    },
  },
  {
    title: 'of a hand whose end was missed nothing is counted against the next one',
    play(match) {
      match.connect();
      match.socket.tell(frames.matchStart());
      match.socket.tell(frames.turn('r1', { seq: 5, state: { hand_number: 1 } }));
      match.socket.tell(frames.closed());
      match.clock.advance(1_000);
      match.connect();
      match.socket.tell(frames.turn('r2', { seq: 20, state: { hand_number: 2 } }));
      match.bot.tell(frames.decided('r2'));
      expect(timeouts(match)).toBe(1);
      const ended = history({ seat: 0, action: 'check', is_timeout: true });
      const result = { ...ended.frame.result, hand_number: 2 };
      match.socket.tell({ ...ended, frame: { ...ended.frame, result } });
      expect(timeouts(match)).toBe(2);
    },
  },
  {
    title: 'each hand has its own timeouts, also where nobody said that it began',
    play(match) {
      match.connect();
      match.socket.tell(frames.matchStart());
      for (const hand of [1, 2]) {
        match.socket.tell(frames.turn(`r${hand}`, { state: { hand_number: hand } }));
        match.socket.tell(frames.turnResult(0, { action: 'fold', is_timeout: true }));
      }
      const ended = history(
        { seat: 0, action: 'check', is_timeout: true },
        { seat: 0, action: 'fold', is_timeout: true },
      );
      const result = { ...ended.frame.result, hand_number: 2 };
      match.socket.tell({ ...ended, frame: { ...ended.frame, result } });
      expect(timeouts(match)).toBe(3);
    },
  },
  {
    title: 'a history is not read by who does not know its seat',
    play(match) {
      match.connect();
      match.socket.tell(history({ seat: 0, action: 'check', is_timeout: true }));
      expect(timeouts(match)).toBe(0);
    },
  },
  {
    title: 'an older server that timed another turn out closes nothing; one that names ours, or none, does',
    play(match) {
      match.playTo('r1');
      const timeout = (requestId?: string) => ({
        type: 'frame.action_timeout' as const,
        frame: {
          type: 'action_timeout' as const,
          auto_action: 'fold',
          ...(requestId !== undefined && { request_id: requestId }),
        },
      });
      match.socket.tell(timeout('r0'));
      expect(match.state()).toEqual({ playing: 'deciding' });
      match.socket.tell(timeout('r1'));
      expect(match.state()).toEqual({ playing: 'watching' });
      expect(timedOut(match)).toEqual([
        { type: 'turn.timed_out', matchId: 'm1', action: 'fold' },
        { type: 'turn.timed_out', matchId: 'm1', action: 'fold' },
      ]);
      match.socket.tell(frames.turn('r2'));
      match.bot.tell(frames.decided('r2'));
      match.socket.tell(timeout());
      // The turn is over: a rejection that comes now is not answered.
      match.socket.tell(frames.rejected('r2'));
      expect(match.answers()).toEqual(['r2: call']);
    },
  },
  {
    title: 'a duplicate is told, and is no rejection',
    play(match) {
      match.playTo('r1');
      match.bot.tell(frames.decided('r1', 'raise'));
      match.socket.tell(frames.rejected('r1', { reason: 'Duplicate action' }));
      expect(match.reporter.commands.at(-1)).toMatchObject({ type: 'turn.rejected', retried: false });
      expect(match.actor.getSnapshot().context.tally.rejections).toBe(0);
      match.socket.tell(frames.rejected('r1'));
      expect(match.actor.getSnapshot().context.tally.rejections).toBe(1);
      expect(match.answers()).toEqual(['r1: raise', 'r1: fold']);
    },
  },
  {
    title: 'a fold that is too large to send is sent without what made it so',
    play(match) {
      match.playTo('r1');
      match.bot.tell(frames.decided('r1', 'fold'));
      match.socket.tell({
        type: 'socket.refused',
        why: 'too_large',
        frameType: 'turn_action',
        requestId: 'r1',
      });
      expect(match.answers()).toEqual(['r1: fold', 'r1: fold']);
    },
  },
  {
    title: 'a frame that has no use where it comes is told, once for each kind',
    play(match) {
      match.socket.tell(frames.turn('r1'));
      match.socket.tell(frames.roundStart());
      match.socket.tell(frames.turn('r2'));
      match.connect();
      match.socket.tell(frames.hello());
      match.socket.tell(frames.hello());
      expect(match.reporter.commands.filter(({ type }) => type === 'frame.unexpected')).toEqual([
        { type: 'frame.unexpected', leg: 'match', matchId: 'm1', frameType: 'turn_request' },
        { type: 'frame.unexpected', leg: 'match', matchId: 'm1', frameType: 'round_start' },
        { type: 'frame.unexpected', leg: 'match', matchId: 'm1', frameType: 'hello' },
      ]);
    },
  },
  {
    title: 'a bot port that breaks while it is shown the result ends the wait, and is told',
    play(match) {
      match.connect();
      match.socket.tell(frames.matchEnd());
      match.bot.tell(frames.decided('r1'));
      match.bot.crash(new Error('host broke'));
      expect(match.state()).toBe('done');
      expect(match.reporter.commands.at(-1)).toEqual({
        type: 'match.error',
        matchId: 'm1',
        code: 'internal',
        message: 'host broke',
      });
      expect(match.output()?.result.outcome).toBe('completed');
    },
  },
  {
    title: 'a socket port that breaks after the end is told, and the bot is shown its result all the same',
    play(match) {
      match.connect();
      match.socket.tell(frames.matchEnd());
      match.socket.crash(new Error('port broke'));
      expect(match.state()).toEqual({ playing: 'settling' });
      expect(match.reporter.commands.at(-1)).toMatchObject({ type: 'match.error', message: 'port broke' });
    },
  },
  {
    title: 'an input that is undefined has its default',
    input: {
      participantId: undefined,
      rated: undefined,
      resume: undefined,
      announced: undefined,
      decisionTimeoutMs: undefined,
      clientName: undefined,
      clientVersion: undefined,
      supportedGames: undefined,
      safeMode: undefined,
      retryPolicy: undefined,
      marginMs: undefined,
    },
    play(match) {
      const { now: _now, random: _random, ...fixed } = match.actor.getSnapshot().context.fixed;
      expect(fixed).toEqual({
        participantId: '',
        rated: false,
        resume: false,
        announced: true,
        decisionTimeoutMs: null,
        clientName: 'chipzen-agent',
        clientVersion: 'unknown',
        supportedGames: null,
        safeMode: true,
        retryPolicy: {
          maxReconnectAttempts: 5,
          initialBackoffMs: 500,
          maxBackoffMs: 30_000,
          backoffMultiplier: 2,
          named: {},
        },
        marginMs: null,
        startedAt: match.clock.now(),
      });
    },
  },
];
