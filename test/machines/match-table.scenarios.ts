/** What a match does with each frame of the table: what it reports, and what it shows its bot. */
import { expect } from 'vitest';
import { frames, type MatchHarness } from '../kit/match-harness.js';
import type { MatchScenario } from './match.scenarios.js';

const matchId = 'm1';

type TableFrame = 'round_start' | 'phase_change' | 'turn_result' | 'round_result';

const feed = (match: MatchHarness, type: TableFrame, seq: number): void =>
  match.socket.tell(
    {
      round_start: () => frames.roundStart(seq),
      phase_change: () => frames.phaseChange(seq),
      turn_result: () => frames.turnResult(1, { action: 'call' }, seq),
      round_result: () => frames.roundResult(seq),
    }[type](),
  );

const reports = {
  round_start: [{ type: 'hand.started', matchId, hand: 1 }],
  phase_change: [],
  turn_result: [],
  round_result: [
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
  ],
};
const timedOut = { type: 'turn.timed_out', matchId, action: null };
const kinds = Object.keys(reports) as TableFrame[];

/** Asked on one connection, answered or not, and back on another; what the bot and the listeners were told so far is taken. */
function comeBack(match: MatchHarness, isAnswered: boolean): void {
  match.connect();
  match.socket.tell(frames.matchStart());
  match.socket.tell(frames.turn('r1', { seq: 5 }));
  if (isAnswered) match.bot.tell(frames.decided('r1'));
  match.socket.tell(frames.closed());
  match.clock.advance(1_000);
  match.connect();
  match.bot.take();
  match.reporter.take();
}

const attemptOf = (match: MatchHarness): number => match.actor.getSnapshot().context.attempt;

export const matchTableScenarios: MatchScenario[] = [
  ...kinds.map(
    (type): MatchScenario => ({
      title: `a ${type} is shown to the bot and reported`,
      play(match) {
        match.connect();
        match.socket.tell(frames.matchStart());
        match.bot.take();
        match.reporter.take();
        feed(match, type, 9);
        expect(match.bot.take()).toEqual([
          { type: 'bot.observe', frame: expect.objectContaining({ type, seq: 9 }) },
        ]);
        expect(match.reporter.take()).toEqual(reports[type]);
      },
    }),
  ),
  ...kinds.map(
    (type): MatchScenario => ({
      title: `a ${type} that is new makes reconnects begin anew, and is shown and reported; an old one only that`,
      play(match) {
        comeBack(match, true);
        feed(match, type, 5);
        expect([attemptOf(match), match.bot.take().length, match.reporter.take()]).toEqual([
          1,
          1,
          reports[type],
        ]);
        feed(match, type, 9);
        expect(attemptOf(match)).toBe(0);
        expect(match.bot.take()).toEqual([
          { type: 'bot.observe', frame: expect.objectContaining({ type, seq: 9 }) },
        ]);
        expect(match.reporter.take()).toEqual(reports[type]);
      },
    }),
  ),
  ...kinds.map(
    (type): MatchScenario => ({
      title: `a ${type} that shows our turn to be over frees the bot first, and makes reconnects begin anew`,
      play(match) {
        comeBack(match, false);
        feed(match, type, 9);
        expect(match.bot.take()).toEqual([
          {
            type: 'bot.abort',
            requestId: 'r1',
            missed: { by: 'server', answer: null, waitedMs: 1_000 },
          },
          { type: 'bot.observe', frame: expect.objectContaining({ type, seq: 9 }) },
        ]);
        expect(match.reporter.take()).toEqual([timedOut, ...reports[type]]);
        expect(match.state()).toEqual({ playing: 'watching' });
        const { attempt, turn, tally } = match.actor.getSnapshot().context;
        expect({ attempt, turn, timeouts: tally.timeouts, hands: tally.hands }).toEqual({
          attempt: 0,
          turn: null,
          timeouts: 1,
          hands: type === 'round_result' ? 1 : 0,
        });
      },
    }),
  ),
  {
    title: 'a hand that ends with turns that the server played unseen reports each of them, then its end',
    play(match) {
      comeBack(match, false);
      const entry = (action: string) => ({ seat: 0, action, is_timeout: true });
      const { frame } = frames.roundResult(9);
      const result = {
        ...frame.result,
        action_history: [entry('check'), null, entry('fold'), entry('fold')],
      };
      match.socket.tell({ type: 'frame.round_result', frame: { ...frame, result } });
      // The turn that is open is one of the three.
      expect(match.reporter.take()).toEqual([
        timedOut,
        { ...timedOut, action: 'fold' },
        { ...timedOut, action: 'fold' },
        ...reports.round_result,
      ]);
      expect(match.actor.getSnapshot().context.tally).toMatchObject({ timeouts: 3, hands: 1 });
    },
  },
  {
    title: 'a hand whose history tells of turns that nobody asked about reports them as well, and is shown',
    play(match) {
      match.connect();
      match.socket.tell(frames.matchStart());
      match.bot.take();
      match.reporter.take();
      const { frame } = frames.roundResult(9);
      const action_history = [
        { seat: 0, action: 7, is_timeout: true },
        { seat: 1, action: 'fold', is_timeout: true },
        { seat: 0, action: 'call', is_timeout: false },
      ];
      match.socket.tell({
        type: 'frame.round_result',
        frame: { ...frame, result: { ...frame.result, action_history } },
      });
      expect(match.reporter.take()).toEqual([timedOut, ...reports.round_result]);
      expect(match.bot.take().map(({ type }) => type)).toEqual(['bot.observe']);
      expect(match.actor.getSnapshot().context.tally).toMatchObject({ timeouts: 1, hands: 1 });
    },
  },
  {
    title: 'a turn that the server played while the bot thinks is told to it, shown and reported',
    play(match) {
      match.playTo('r1');
      match.bot.take();
      match.reporter.take();
      match.clock.advance(2_000);
      match.socket.tell(frames.turnResult(0, { is_timeout: true, action: 'check' }));
      expect(match.bot.take()).toEqual([
        {
          type: 'bot.abort',
          requestId: 'r1',
          missed: { by: 'server', answer: { action: 'check' }, waitedMs: 2_000 },
        },
        {
          type: 'bot.observe',
          frame: { type: 'turn_result', seat: 0, details: { is_timeout: true, action: 'check' } },
        },
      ]);
      expect(match.reporter.take()).toEqual([{ type: 'turn.timed_out', matchId, action: 'check' }]);
    },
  },
  {
    title:
      'a result of our seat that comes while the bot thinks closes the turn: a repeat of it is not answered',
    play(match) {
      match.playTo('r1');
      match.bot.take();
      match.reporter.take();
      match.socket.tell(frames.turnResult(0, { action: 'call' }));
      expect(match.state()).toEqual({ playing: 'watching' });
      expect(match.bot.take().map(({ type }) => type)).toEqual(['bot.abort', 'bot.observe']);
      expect(match.reporter.take()).toEqual([]);
      expect(match.actor.getSnapshot().context).toMatchObject({ turn: null, repeatedRequestId: 'r1' });
    },
  },
  {
    title:
      'a match whose start names neither our seat nor a clock is reported with all seats, by number if need be',
    play(match) {
      match.connect();
      match.reporter.take();
      const seats = [{ seat: 0, display_name: 'me' }, { seat: 1 }];
      match.socket.tell({ type: 'frame.match_start', frame: { type: 'match_start', seats } });
      expect(match.reporter.take()).toEqual([
        { type: 'match.started', matchId, seat: null, opponents: ['me', 'seat 1'] },
      ]);
      const { seat, turnTimeoutMs } = match.actor.getSnapshot().context;
      expect({ seat, turnTimeoutMs }).toEqual({ seat: null, turnTimeoutMs: null });
    },
  },
  ...kinds.map(
    (type): MatchScenario => ({
      title: `a ${type} with the number of our turn ${type.startsWith('round') ? 'shows that it is over' : 'proves nothing'}`,
      play(match) {
        comeBack(match, false);
        feed(match, type, 5);
        const isOver = type.startsWith('round');
        expect(match.bot.take().map((command) => command.type)).toEqual(
          isOver ? ['bot.abort', 'bot.observe'] : ['bot.observe'],
        );
        expect(match.reporter.take()).toEqual(isOver ? [timedOut, ...reports[type]] : reports[type]);
      },
    }),
  ),
  ...kinds.map(
    (type): MatchScenario => ({
      title: `a ${type} from before our turn proves nothing`,
      play(match) {
        comeBack(match, false);
        feed(match, type, 4);
        expect(match.bot.take().map((command) => command.type)).toEqual(['bot.observe']);
        expect(match.reporter.take()).toEqual(reports[type]);
      },
    }),
  ),
  {
    title: 'frames without a number prove nothing but the end of a hand, and no progress',
    play(match) {
      comeBack(match, false);
      match.socket.tell(frames.phaseChange());
      match.socket.tell(frames.turnResult(1));
      expect(match.bot.take().map(({ type }) => type)).toEqual(['bot.observe', 'bot.observe']);
      expect(attemptOf(match)).toBe(1);
      match.socket.tell(frames.roundStart());
      expect(match.bot.take().map(({ type }) => type)).toEqual(['bot.abort', 'bot.observe']);
      expect(attemptOf(match)).toBe(1);
    },
  },
  {
    title: 'what the server played is told by its name, and not told where it is none',
    play(match) {
      match.playTo('r1');
      match.reporter.take();
      match.socket.tell(frames.turnResult(0, { is_timeout: true, action: 7 }));
      expect(match.reporter.take()).toEqual([timedOut]);
    },
  },
  {
    title: 'a history that names no seat is nobody’s while ours is not known',
    play(match) {
      match.connect();
      match.reporter.take();
      const { frame } = frames.roundResult(9);
      const action_history = [{ seat: null, action: 'fold', is_timeout: true }];
      match.socket.tell({
        type: 'frame.round_result',
        frame: { ...frame, result: { ...frame.result, action_history } },
      });
      expect(match.reporter.take().map(({ type }) => type)).toEqual(['hand.ended']);
    },
  },
  {
    title: 'a timeout of a turn that nobody asked us for is told, and closes nothing',
    play(match) {
      match.connect();
      match.bot.take();
      match.reporter.take();
      const frame = { type: 'action_timeout' as const, request_id: 'r1', auto_action: 'fold' };
      match.socket.tell({ type: 'frame.action_timeout', frame });
      expect(match.reporter.take()).toEqual([{ ...timedOut, action: 'fold' }]);
      expect(match.bot.take()).toEqual([]);
      expect(match.state()).toEqual({ playing: 'watching' });
    },
  },
  {
    title: 'a close for a frame too large after the turn is over leaves a safe answer to it',
    play(match) {
      match.playTo('r1');
      match.bot.tell(frames.decided('r1', 'raise'));
      match.socket.tell(frames.turnResult(0, { action: 'raise' }));
      match.socket.tell(frames.closed(4008));
      expect(match.state()).toEqual({ resuming: 'waiting' });
      expect(match.actor.getSnapshot().context.answer).toMatchObject({ action: { action: 'check' } });
    },
  },
  ...(['round_start', 'round_result'] as const).map(
    (type): MatchScenario => ({
      title: `a ${type} while the bot thinks ends its turn`,
      play(match) {
        match.playTo('r1');
        match.bot.take();
        feed(match, type, 9);
        expect(match.state()).toEqual({ playing: 'watching' });
        expect(match.bot.take().map((command) => command.type)).toEqual(['bot.abort', 'bot.observe']);
      },
    }),
  ),
  {
    title: 'a server that names the open turn, or none, after a reconnect: the bot thinks on, or is freed',
    play(match) {
      match.playTo('r1');
      match.reporter.take();
      const open = { type: 'reconnected' as const, pending_request: { request_id: 'r1' } as never };
      match.socket.tell({ type: 'frame.reconnected', frame: open });
      expect([match.state(), match.reporter.take()]).toEqual([{ playing: 'deciding' }, []]);
      match.socket.tell({ type: 'frame.reconnected', frame: { type: 'reconnected', pending_request: null } });
      expect([match.state(), match.reporter.take()]).toEqual([{ playing: 'watching' }, [timedOut]]);
    },
  },
  {
    title: 'a new turn after a turn that was lost with its connection is thought about',
    play(match) {
      comeBack(match, false);
      match.socket.tell(frames.turn('r2', { seq: 9 }));
      expect(match.state()).toEqual({ playing: 'deciding' });
      expect(match.bot.take().map(({ type }) => type)).toEqual(['bot.abort', 'bot.decide']);
    },
  },
  {
    title: 'a turn that the server played is progress, and not to be answered any more',
    play(match) {
      comeBack(match, false);
      match.socket.tell(frames.turnResult(0, { is_timeout: true, action: 'fold' }, 9));
      const { attempt, seq, repeatedRequestId } = match.actor.getSnapshot().context;
      expect({ attempt, seq, repeatedRequestId }).toEqual({ attempt: 0, seq: 9, repeatedRequestId: 'r1' });
    },
  },
  {
    title: 'a rejection that cannot be answered is counted as well',
    play(match) {
      match.playTo('r1');
      match.bot.tell(frames.decided('r1', 'fold'));
      match.socket.tell(frames.rejected('r1', { valid_actions: ['call'] }));
      match.actor.send({ type: 'match.cut' });
      expect(match.output()?.result).toMatchObject({ rejections: 1, fallbacks: 0 });
    },
  },
  {
    title: 'a hook that fails while the connection is away takes no answer’s place',
    play(match) {
      match.playTo('r1');
      match.bot.tell(frames.decided('r1'));
      match.socket.tell(frames.closed());
      match.reporter.take();
      match.bot.tell(frames.failed());
      expect(match.reporter.take().map(({ type }) => type)).toEqual(['bot.failed']);
      match.actor.send({ type: 'match.cut' });
      expect(match.output()?.result).toMatchObject({ fallbacks: 0 });
    },
  },
  {
    title: 'a greeting that follows a loss is shown to the bot before it is told that it is back',
    play(match) {
      match.connect();
      match.socket.tell(frames.closed());
      match.clock.advance(1_000);
      match.bot.take();
      match.connect();
      expect(match.bot.take()).toEqual([
        { type: 'bot.observe', frame: frames.hello().frame },
        { type: 'bot.reconnected', restarted: false },
      ]);
    },
  },
  {
    title: 'a match under way shows its first greeting, too',
    input: { resume: true },
    play(match) {
      match.connect();
      expect(match.bot.take().map(({ type }) => type)).toEqual(['bot.observe', 'bot.reconnected']);
    },
  },
  ...(
    [
      ['corrected', { ...frames.decided('r1'), correction: { why: 'too small', asked: 1 } }],
      ['overdue', { type: 'bot.overdue', requestId: 'r1' }],
      ['failed', frames.failed('r1')],
    ] as const
  ).map(
    ([what, event]): MatchScenario => ({
      title: `a turn whose answer is ${what} is thought about no longer`,
      play(match) {
        match.playTo('r1');
        match.bot.tell(event);
        expect(match.state()).toEqual({ playing: 'watching' });
      },
    }),
  ),
  {
    title: 'a decision that comes once the match is over is neither sent nor told',
    play(match) {
      match.playTo('r1');
      match.socket.tell(frames.matchEnd());
      match.reporter.take();
      match.socket.take();
      match.bot.tell(frames.decided('r1'));
      match.bot.tell({ type: 'bot.late', requestId: 'r1', latencyMs: 5 });
      expect([match.reporter.take(), match.socket.take()]).toEqual([[], []]);
      expect(match.state()).toEqual({ playing: 'settling' });
    },
  },
  {
    title: 'an older server that says what it played is told as that',
    play(match) {
      match.playTo('r1');
      match.reporter.take();
      const frame = { type: 'action_timeout' as const, request_id: 'r1', auto_action: 'check' };
      match.socket.tell({ type: 'frame.action_timeout', frame });
      expect(match.state()).toEqual({ playing: 'watching' });
      expect(match.reporter.take()).toEqual([{ type: 'turn.timed_out', matchId, action: 'check' }]);
      match.socket.tell({ type: 'frame.action_timeout', frame: { type: 'action_timeout' } });
      expect(match.reporter.take()).toEqual([timedOut]);
    },
  },
  {
    title: 'a server that knows of no open turn closes ours',
    play(match) {
      comeBack(match, false);
      match.socket.tell({ type: 'frame.reconnected', frame: { type: 'reconnected', pending_request: null } });
      expect(match.state()).toEqual({ playing: 'watching' });
      expect(match.reporter.take()).toEqual([timedOut]);
      expect(match.bot.take().map(({ type }) => type)).toEqual(['bot.abort']);
    },
  },
  {
    title: 'a new turn is put to the bot, and what became of the one before is reported first',
    play(match) {
      match.playTo('r1');
      match.bot.take();
      match.reporter.take();
      match.clock.advance(500);
      match.socket.tell(frames.turn('r2'));
      expect(match.state()).toEqual({ playing: 'deciding' });
      expect(match.bot.take()).toEqual([
        { type: 'bot.abort', requestId: 'r1', missed: { by: 'server', answer: null, waitedMs: 500 } },
        expect.objectContaining({ type: 'bot.decide', frame: frames.turn('r2').frame }),
      ]);
      expect(match.reporter.take()).toEqual([
        timedOut,
        { type: 'turn.requested', matchId, requestId: 'r2', clockMs: 2_000 },
      ]);
    },
  },
  {
    title: 'a rejection that is not answered is reported with what the server said',
    play(match) {
      match.connect();
      match.reporter.take();
      match.socket.tell(frames.rejected(undefined, { message: 'no' }));
      expect(match.reporter.take()).toEqual([
        { type: 'turn.rejected', matchId, requestId: null, reason: 'illegal', message: 'no', retried: false },
      ]);
      match.socket.tell({
        type: 'frame.action_rejected',
        frame: { type: 'action_rejected', request_id: 'r9', valid_actions: [] },
      });
      expect(match.reporter.take()).toEqual([
        { type: 'turn.rejected', matchId, requestId: 'r9', reason: null, message: null, retried: false },
      ]);
    },
  },
  {
    title: 'a bot that fails while it decides is reported with its error before the answer in its place',
    play(match) {
      match.playTo('r1');
      match.reporter.take();
      const { error } = frames.failed();
      match.bot.tell({ ...frames.failed('r1'), error });
      expect(match.reporter.take()).toEqual([
        { type: 'bot.failed', matchId, hook: 'decide', message: 'broken', place: null, error },
        {
          type: 'turn.answered',
          matchId,
          requestId: 'r1',
          answer: { action: 'fold' },
          source: 'failed',
          latencyMs: 0,
        },
      ]);
      match.bot.tell({ ...frames.failed('r1'), error });
      expect(match.reporter.take()).toEqual([
        { type: 'bot.failed', matchId, hook: 'decide', message: 'broken', place: null, error },
      ]);
    },
  },
  {
    title: 'an answer to a turn that is not open is reported as late while another one is thought about',
    play(match) {
      match.playTo('r1');
      match.reporter.take();
      match.bot.tell({ ...frames.decided('r0'), latencyMs: 4_000 });
      match.bot.tell({ type: 'bot.overdue', requestId: 'r0' });
      expect(match.state()).toEqual({ playing: 'deciding' });
      expect(match.reporter.take()).toEqual([
        { type: 'turn.late', matchId, requestId: 'r0', latencyMs: 4_000 },
      ]);
      expect(match.answers()).toEqual([]);
    },
  },
  ...([true, false] as const).map(
    (safeMode): MatchScenario => ({
      title: `a bot that fails as it is shown the result is reported${safeMode ? '' : ', and ends the session'}`,
      input: { safeMode },
      play(match) {
        match.connect();
        match.socket.tell(frames.matchEnd());
        match.reporter.take();
        const failed = { ...frames.failed(), hook: 'onMatchEnd' };
        match.bot.tell(failed);
        expect(match.reporter.take()).toEqual([
          {
            type: 'bot.failed',
            matchId,
            hook: 'onMatchEnd',
            message: 'broken',
            place: null,
            error: failed.error,
          },
        ]);
        if (safeMode) expect(match.state()).toEqual({ playing: 'settling' });
        else {
          expect(match.output()).toMatchObject({
            result: { outcome: 'completed', abandonReason: null },
            fault: {
              code: 'bot_decision',
              message: 'The bot failed in onMatchEnd: broken',
              cause: failed.error,
            },
          });
        }
      },
    }),
  ),
  ...([true, false] as const).map(
    (isDeciding): MatchScenario => ({
      title: `without safe mode a failure ${isDeciding ? 'to decide' : 'in a hook'} is reported before it ends the match`,
      input: { safeMode: false },
      play(match) {
        match.playTo('r1');
        if (!isDeciding) match.bot.tell(frames.decided('r1'));
        match.reporter.take();
        match.bot.tell(frames.failed(isDeciding ? 'r1' : undefined));
        expect(match.reporter.take().map(({ type }) => type)).toEqual(['bot.failed']);
        expect(match.state()).toBe('abandoned');
      },
    }),
  ),
];
