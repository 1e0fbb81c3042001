/**
 * The `bot` port for a bot in a thread or a process of its own, or at a worker; here each is called a thread. This
 * side never waits for it: the clock of each decision runs here, a thread that stays blocked is ended, and the events
 * of the match so far are replayed to a new one.
 */
import { fromCallback } from 'xstate';
import type { BotCommand, BotEvent, BotInput, BotLogic } from '../../../machines/ports.js';
import type { TerminatedWhy } from '../../../protocol/events.js';
import type { WireAction } from '../../../protocol/frames.js';
import { createMask } from '../../../protocol/redact.js';
import { type Clock, systemClock, systemNow } from '../../../time/clock.js';
import { createOwnTimers } from '../../../time/own-timers.js';
import { type Countdown, createDecisionClock } from '../decision-clock.js';
import { maskFact } from '../masked-facts.js';
import type { FromThread, Recollection } from '../threads/bot-messages.js';
import type { BotThread } from '../threads/bot-thread.js';
import { createMatchMemory } from './bot-memory.js';
import type { BotPool } from './bot-pool.js';
import { createProbe } from './bot-probe.js';

const defaults = {
  /** How many threads a bot may lose without a decision in between; then it gets no other one in this match. */
  maxLossesInARow: 3,
} as const;

export interface IsolatedBotOptions {
  pool: Pick<BotPool, 'take'>;
  clock?: Clock;
  /** Epoch milliseconds; the same source as the machine's. */
  now?: () => number;
  /** Masked in the bot's errors, answers and output. Default: only what looks like a token is masked. */
  secret?: string;
}

interface AskedTurn extends Countdown {
  readonly requestId: string;
  readonly askedAt: number;
  command: Extract<BotCommand, { type: 'bot.decide' }>;
  closed: boolean;
  /** The outcome, to be reported again when the server repeats the turn, whichever thread is there then. */
  outcome: Extract<BotEvent, { type: 'bot.decided' | 'bot.overdue' }> | null;
}

/** The `bot` port that runs the user's bot in another thread. */
export function defineIsolatedBot({
  pool,
  clock = systemClock,
  now = systemNow,
  secret = '',
}: IsolatedBotOptions): BotLogic {
  const mask = createMask([secret]);
  return fromCallback<BotCommand, BotInput>(({ input: { matchId }, sendBack, receive }) => {
    const timers = createOwnTimers(clock);
    const memory = createMatchMemory();
    let thread: BotThread | null = null;
    /** Set while the thread has not finished the events that were replayed at its start. */
    let revival: Recollection | null = null;
    let turn: AskedTurn | null = null;
    /** The turn of the last answer. */
    let answeredId: string | null = null;
    const unread = new Set<string>();
    let losses = 0;
    let finishing = false;
    let stopped = false;
    let isReady = false;

    const report = (event: BotEvent): void => {
      if (!stopped) sendBack(maskFact(event, mask));
    };

    const decisions = createDecisionClock<AskedTurn>({
      timers,
      now,
      onOverdue({ requestId, askedAt, deadline }) {
        const proposal = proposalFor(requestId);
        report({ type: 'bot.overdue', requestId, ...proposal });
        if (!stopped && thread !== null) probe.send(thread, requestId, deadline - askedAt);
      },
    });

    const probe = createProbe(timers, (patienceMs) => {
      const seconds = Math.round(patienceMs / 100) / 10;
      const what = thread?.worker
        ? `The worker ${thread.worker} did not answer`
        : `The bot still blocked its ${thread?.place ?? 'thread'}`;
      lose('blocked', `${what} ${seconds} s after its deadline.`);
    });

    /** Reports once that the match need not wait any longer before it goes to the table. */
    const reportReady = (): void => {
      if (!isReady) report({ type: 'bot.ready' });
      isReady = true;
    };

    const proposalFor = (requestId: string, at = thread): { proposal?: WireAction } => {
      const proposal = at?.proposalFor(requestId);
      return proposal === undefined ? {} : { proposal };
    };

    const close = (closing: AskedTurn): void => {
      decisions.stop(closing);
      closing.closed = true;
    };

    /** The open turn, if it is this one, now closed. */
    const closeOpen = (requestId: string | undefined): AskedTurn | null => {
      if (turn === null || turn.closed || turn.requestId !== requestId) return null;
      close(turn);
      return turn;
    };

    // --- the thread ---

    const begin = (recollection: Recollection | null): void => {
      const started = pool.take(recollection !== null);
      thread = started;
      revival = recollection;
      started.listen({
        onMessage: (message) => thread === started && take(message),
        onEnd: ({ why, message, error, isBlameless }) =>
          thread === started && lose(why, message, error, isBlameless),
      });
      started.post({ type: 'seat', matchId });
      if (recollection !== null) started.post({ type: 'revive', recollection });
      // The spare has reported before that its bot is made.
      if (started.isMade) reportReady();
    };

    const takeOver = (isInnocent: boolean): void => {
      begin(revival === null || isInnocent ? memory.recall() : memory.recallNothing());
      if (turn !== null && !turn.closed && turn.outcome === null) show(turn.command);
    };

    const show = (command: BotCommand, event = 0): void => {
      thread?.post({ type: 'command', command, askedAt: turn?.askedAt ?? now(), event });
    };

    /**
     * The thread is gone or has to be ended. The turn that caused this is not given to the next thread. A turn that
     * waited behind it is, and so is a turn whose worker is gone for the first time: a machine may fail without a
     * fault of the bot.
     */
    const lose = (why: TerminatedWhy, message: string, error: unknown = null, isBlameless = false): void => {
      const isInnocent = isBlameless || (why === 'lost' && losses === 0);
      // A thread that was still replaying had not begun any turn.
      const suspect = revival === null ? (probe.suspect ?? turn?.requestId) : probe.suspect;
      const guilty = isInnocent ? undefined : suspect;
      const gone = thread;
      const place = gone?.place ?? 'thread';
      void gone?.end();
      thread = null;
      probe.drop();
      if (!isBlameless) losses += 1;
      const isLast = losses > defaults.maxLossesInARow;
      // An answer that has come counts, although it waits for the socket to be read.
      const lost = turn?.outcome ? null : closeOpen(isLast ? turn?.requestId : guilty);
      const proposal = lost && proposalFor(lost.requestId, gone);
      if (lost !== null) lost.outcome = { type: 'bot.overdue', requestId: lost.requestId, ...proposal };
      report({
        type: 'bot.failed',
        hook: place,
        terminated: isLast ? 'given_up' : why,
        message: isLast
          ? `${message} That was ${losses} times in a row: it gets no other ${place} in this match.`
          : message,
        error,
        ...(lost !== null && { requestId: lost.requestId, ...proposal }),
      });
      if (isLast) reportReady();
      if (finishing) report({ type: 'bot.finished' });
      // The report may have ended the match.
      else if (!stopped && !isLast) takeOver(isInnocent);
    };

    // --- messages from the thread ---

    const answered = (fact: Extract<BotEvent, { type: 'bot.decided' }>): void => {
      const { requestId } = fact;
      losses = 0;
      // A thread that was asked again repeats its answer.
      if (requestId === answeredId) return;
      answeredId = requestId;
      const asked = turn?.requestId === requestId ? turn : null;
      const askedAt = asked?.askedAt ?? now();
      if (asked !== null) {
        const { correction: _, ...decided } = fact;
        asked.outcome = { ...decided, latencyMs: now() - askedAt };
      }
      const answer = (): void => {
        const latencyMs = now() - askedAt;
        const { note } = fact;
        if (closeOpen(requestId) === null)
          report({ type: 'bot.late', requestId, latencyMs, ...(note && { note }) });
        else report({ ...fact, latencyMs });
      };
      // The agent's thread was blocked meanwhile: frames that the server has sent since come first.
      if (turn !== null && now() >= turn.expiresAt) timers.afterSocket(answer);
      else answer();
    };

    const takeFact = (fact: BotEvent): void => {
      switch (fact.type) {
        case 'bot.decided':
          return answered(fact);
        case 'bot.failed': {
          const { requestId, proposal: _, ...failure } = fact;
          const failed = closeOpen(requestId);
          return report({
            ...failure,
            ...(failed && { requestId: failed.requestId, ...proposalFor(failed.requestId) }),
          });
        }
        case 'bot.finished':
          finishing = false;
          return report(fact);
        case 'bot.unread':
          // A new thread does not know that this was reported before.
          if (unread.has(fact.field)) return undefined;
          unread.add(fact.field);
          return report(fact);
        case 'bot.late':
        case 'bot.overdue':
        case 'bot.ready':
        case 'bot.restarted':
        case 'bot.slow':
          return report(fact);
      }
    };

    const take = (message: FromThread): void => {
      switch (message.type) {
        case 'fact':
          return takeFact(message.fact);
        case 'snapshot':
          return memory.snapshot(message.event, message.state);
        case 'revived': {
          const { events, snapshot } = revival ?? { events: [], snapshot: null };
          revival = null;
          return report({ type: 'bot.restarted', replayed: events.length, restored: snapshot !== null });
        }
        case 'alive':
          return probe.answered(message.id);
        case 'ready':
        case 'unfit':
          return reportReady();
        case 'waiting':
        // Of seeded bots, which play no sessions.
        case 'clock':
          return;
      }
    };

    // --- commands to the thread ---

    const ask = (command: AskedTurn['command'], event: number): void => {
      const { deadlineAt: deadline, expiresAt } = command;
      const requestId = command.frame.request_id;
      if (turn?.requestId === requestId && command.rejection === undefined) {
        return repeat(turn, command, event);
      }
      // A rejected answer is no outcome: the bot is asked again.
      if (command.rejection !== undefined) answeredId = null;
      if (turn !== null && !turn.closed) close(turn);
      if (thread === null) {
        const message = 'The bot gets no other thread: it has lost too many in a row.';
        return report({ type: 'bot.failed', hook: 'decide', message, error: null, requestId });
      }
      const askedAt = now();
      const asked = { requestId, askedAt, command, closed: false, outcome: null };
      turn = { ...asked, deadline, expiresAt, timer: undefined };
      decisions.start(turn);
      return show(command, event);
    };

    /**
     * A repeated turn is the same decision: its outcome is reported again if there is one; else its clock is renewed,
     * here and in the thread.
     */
    const repeat = (asked: AskedTurn, command: AskedTurn['command'], event: number): void => {
      if (asked.closed && asked.outcome !== null) return report(asked.outcome);
      decisions.stop(asked);
      const { deadlineAt: deadline, expiresAt } = command;
      Object.assign(asked, { deadline, expiresAt, command, closed: false });
      decisions.start(asked);
      if (asked.outcome === null) show(command, event);
    };

    receive((command) => {
      const event = memory.keep(command);
      if (command.type === 'bot.decide') return ask(command, event);
      if (command.type === 'bot.abort') closeOpen(command.requestId);
      if (command.type === 'bot.finish') finishing = true;
      if (thread !== null) show(command, event);
      else if (finishing) report({ type: 'bot.finished' });
      return undefined;
    });
    begin(null);

    return () => {
      stopped = true;
      timers.clear();
      void thread?.end();
    };
  });
}
