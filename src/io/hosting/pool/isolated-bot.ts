/**
 * The `bot` port whose bot lives in a thread or a process of its own, or at a worker; here each is called a thread. This
 * side never waits for it: the clock of each decision runs here, a thread that stays blocked is ended, and a newcomer is
 * shown what the match was like so far.
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
  /** Threads that a bot may lose without one decision in between; after that it gets no other in this match. */
  maxLossesInARow: 3,
} as const;

export interface IsolatedBotOptions {
  pool: Pick<BotPool, 'take'>;
  clock?: Clock;
  /** Epoch milliseconds; the same source as the machine's. */
  now?: () => number;
  /** Kept out of what the bot says of itself. Default: nothing but what looks like a token. */
  secret?: string;
}

interface AskedTurn extends Countdown {
  readonly requestId: string;
  readonly askedAt: number;
  command: Extract<BotCommand, { type: 'bot.decide' }>;
  closed: boolean;
  /** What was heard of it, said again when the server repeats it, whichever thread is there then. */
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
    /** It has not seen all yet that it was shown at its start. */
    let revival: Recollection | null = null;
    let turn: AskedTurn | null = null;
    /** The turn whose answer was heard last. */
    let heardId: string | null = null;
    const unread = new Set<string>();
    let losses = 0;
    let finishing = false;
    let stopped = false;
    let isReady = false;

    const tell = (event: BotEvent): void => {
      if (!stopped) sendBack(maskFact(event, mask));
    };

    const decisions = createDecisionClock<AskedTurn>({
      timers,
      now,
      onOverdue({ requestId, askedAt, deadline }) {
        const proposal = proposalFor(requestId);
        tell({ type: 'bot.overdue', requestId, ...proposal });
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

    /** Once: the match need not wait any longer before it goes to the table. */
    const tellReady = (): void => {
      if (!isReady) tell({ type: 'bot.ready' });
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
        onMessage: (message) => thread === started && hear(message),
        onEnd: ({ why, message, error, isBlameless }) =>
          thread === started && lose(why, message, error, isBlameless),
      });
      started.post({ type: 'seat', matchId });
      if (recollection !== null) started.post({ type: 'revive', recollection });
      // Whoever waited for the spare has heard that.
      if (started.isMade) tellReady();
    };

    const takeOver = (isInnocent: boolean): void => {
      begin(revival === null || isInnocent ? memory.recall() : memory.recallNothing());
      if (turn !== null && !turn.closed && turn.outcome === null) show(turn.command);
    };

    const show = (command: BotCommand, event = 0): void => {
      thread?.post({ type: 'command', command, askedAt: turn?.askedAt ?? now(), event });
    };

    /**
     * The thread is gone, or has to go. The turn that did this gets no second chance to do it to the next thread; one that
     * waited behind it does, and one whose worker is gone for the first time: machines have reasons of their own.
     */
    const lose = (why: TerminatedWhy, message: string, error: unknown = null, isBlameless = false): void => {
      const isInnocent = isBlameless || (why === 'lost' && losses === 0);
      // One that was still shown the match had not come to any turn.
      const suspect = revival === null ? (probe.suspect ?? turn?.requestId) : probe.suspect;
      const guilty = isInnocent ? undefined : suspect;
      const gone = thread;
      const place = gone?.place ?? 'thread';
      void gone?.end();
      thread = null;
      probe.drop();
      if (!isBlameless) losses += 1;
      const isLast = losses > defaults.maxLossesInARow;
      // An answer that was heard counts, though it waits for the socket to be read.
      const lost = turn?.outcome ? null : closeOpen(isLast ? turn?.requestId : guilty);
      const proposal = lost && proposalFor(lost.requestId, gone);
      if (lost !== null) lost.outcome = { type: 'bot.overdue', requestId: lost.requestId, ...proposal };
      tell({
        type: 'bot.failed',
        hook: place,
        terminated: isLast ? 'given_up' : why,
        message: isLast
          ? `${message} That was ${losses} times in a row: it gets no other ${place} in this match.`
          : message,
        error,
        ...(lost !== null && { requestId: lost.requestId, ...proposal }),
      });
      if (isLast) tellReady();
      if (finishing) tell({ type: 'bot.finished' });
      // The report may have ended the match.
      else if (!stopped && !isLast) takeOver(isInnocent);
    };

    // --- what it says ---

    const answered = (fact: Extract<BotEvent, { type: 'bot.decided' }>): void => {
      const { requestId } = fact;
      losses = 0;
      // A thread that was asked again says its answer again.
      if (requestId === heardId) return;
      heardId = requestId;
      const asked = turn?.requestId === requestId ? turn : null;
      const askedAt = asked?.askedAt ?? now();
      if (asked !== null) {
        const { correction: _, ...decided } = fact;
        asked.outcome = { ...decided, latencyMs: now() - askedAt };
      }
      const answer = (): void => {
        const latencyMs = now() - askedAt;
        if (closeOpen(requestId) === null) tell({ type: 'bot.late', requestId, latencyMs });
        else tell({ ...fact, latencyMs });
      };
      // This thread was blocked meanwhile: what the server has sent since then comes first.
      if (turn !== null && now() >= turn.expiresAt) decisions.afterSocket(answer);
      else answer();
    };

    const hearFact = (fact: BotEvent): void => {
      switch (fact.type) {
        case 'bot.decided':
          return answered(fact);
        case 'bot.failed': {
          const { requestId, proposal: _, ...failure } = fact;
          const failed = closeOpen(requestId);
          return tell({
            ...failure,
            ...(failed && { requestId: failed.requestId, ...proposalFor(failed.requestId) }),
          });
        }
        case 'bot.finished':
          finishing = false;
          return tell(fact);
        case 'bot.unread':
          // Another thread does not know that it was told before.
          if (unread.has(fact.field)) return undefined;
          unread.add(fact.field);
          return tell(fact);
        case 'bot.late':
        case 'bot.overdue':
        case 'bot.ready':
        case 'bot.restarted':
        case 'bot.slow':
          return tell(fact);
      }
    };

    const hear = (message: FromThread): void => {
      switch (message.type) {
        case 'fact':
          return hearFact(message.fact);
        case 'snapshot':
          return memory.snapshot(message.event, message.state);
        case 'revived': {
          const { events, snapshot } = revival ?? { events: [], snapshot: null };
          revival = null;
          return tell({ type: 'bot.restarted', replayed: events.length, restored: snapshot !== null });
        }
        case 'alive':
          return probe.answered(message.id);
        case 'ready':
        case 'unfit':
          return tellReady();
        case 'waiting':
          return;
      }
    };

    // --- what it is told ---

    const ask = (command: AskedTurn['command'], event: number): void => {
      const { deadlineAt: deadline, expiresAt } = command;
      const requestId = command.frame.request_id;
      if (turn?.requestId === requestId) return repeat(turn, command, event);
      if (turn !== null && !turn.closed) close(turn);
      if (thread === null) {
        const message = 'The bot has no place to run any more: it lost too many in a row.';
        return tell({ type: 'bot.failed', hook: 'decide', message, error: null, requestId });
      }
      const askedAt = now();
      const asked = { requestId, askedAt, command, closed: false, outcome: null };
      turn = { ...asked, deadline, expiresAt, timer: undefined };
      decisions.start(turn);
      return show(command, event);
    };

    /** The same decision: what was heard of it counts; else its clock is renewed, here and for the bot that thinks. */
    const repeat = (asked: AskedTurn, command: AskedTurn['command'], event: number): void => {
      if (asked.closed && asked.outcome !== null) return tell(asked.outcome);
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
      else if (finishing) tell({ type: 'bot.finished' });
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
