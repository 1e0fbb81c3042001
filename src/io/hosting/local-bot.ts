import { fromCallback } from 'xstate';
import type { BotSource } from '../../bot/bot.js';
import type { BotStore } from '../../bot/bot-store.js';
import type { BotCommand, BotEvent, BotInput, BotLogic } from '../../machines/ports.js';
import { refuseUnknown } from '../../protocol/known-names.js';
import { createMask } from '../../protocol/redact.js';
import { type Clock, systemClock, timesOf } from '../../time/clock.js';
import { createOwnTimers } from '../../time/own-timers.js';
import { createDecisionClock } from './decision-clock.js';
import { hostBot } from './hosted-bot.js';
import { maskFact } from './masked-facts.js';
import type { OpenTurn } from './open-turn.js';

/** Options of `defineBot`. */
export interface BotHostOptions {
  /** Timers of the decision clock. Default: the process's own. */
  clock?: Clock;
  /** Epoch milliseconds that do not jump; the same source as the machine's `now`. Default: the process's own time. */
  now?: () => number;
  /** Epoch milliseconds of the wall clock, for `turn.deadline`. Default: `now` where that is given, else `Date.now`. */
  wallNow?: () => number;
  /** Masked in the bot's errors, answers and output. Default: only what looks like a token is masked. */
  secret?: string;
  /** What the bots have as `store`. Default: each has its own. */
  store?: BotStore;
}

/** The `bot` port that runs the user's bot on this thread. */
export function defineBot(source: BotSource, options: BotHostOptions = {}): BotLogic {
  refuseUnknown(options, { clock: true, now: true, wallNow: true, secret: true, store: true }, 'defineBot');
  const { clock = systemClock, secret = '', store } = options;
  const times = timesOf(options);
  const mask = createMask([secret]);
  return fromCallback<BotCommand, BotInput>(({ input: { matchId }, sendBack, receive }) => {
    const report = (fact: BotEvent): void => sendBack(maskFact(fact, mask));
    const timers = createOwnTimers(clock);
    const decisions = createDecisionClock<OpenTurn>({
      timers,
      now: times.now,
      onOverdue: ({ requestId, proposal }) =>
        report({ type: 'bot.overdue', requestId, ...(proposal && { proposal }) }),
    });
    const bot = hostBot(source, { matchId, clock, times, decisions, report, store });
    receive((command) => bot.execute(command));
    return () => {
      bot.stop();
      timers.clear();
    };
  });
}
