/**
 * A bot in a thread or process as an object, for a table that asks its players itself. What it does to its thread or
 * process becomes the error of one decision, as with an agent.
 */
import { createActor, setup } from 'xstate';
import type { BotLike, Turn } from '../../../bot/bot.js';
import type { BotAnswer } from '../../../holdem/action.js';
import type { BotCommand, BotEvent, ObservedFrame } from '../../../machines/ports.js';
import type { WorldClock } from '../../../time/clock.js';
import type { BotPool } from './bot-pool.js';
import { defineIsolatedBot } from './isolated-bot.js';

const defaults = {
  /** How long a bot may take for the end of its match; then its thread or process is ended. */
  endMs: 2_000,
  /** How long before the table's clock runs out its last proposal counts, and whether it blocks its thread is found out. */
  marginMs: 50,
  marginShare: 0.1,
} as const;

export interface GuestBotOptions {
  pool: Pick<BotPool, 'take'>;
  /** The clock of the table. */
  clock: WorldClock;
  /** Called with what fails outside of decisions: a hook, or the thread or process. */
  onFailed: (hook: string, error: unknown) => void;
}

interface Asked {
  requestId: string;
  resolve: (answer: BotAnswer) => void;
  reject: (error: unknown) => void;
}

/** A bot for one match, whose thread or process is taken now. */
export function createGuestBot(options: GuestBotOptions): BotLike {
  const { pool, clock, onFailed } = options;
  const now = () => clock.now();
  const wallNow = () => clock.wallNow?.() ?? clock.now();
  let asked: Asked | null = null;
  let finish: (() => void) | null = null;

  const settle = (requestId: string, how: (asked: Asked) => void): boolean => {
    if (asked?.requestId !== requestId) return false;
    const settled = asked;
    asked = null;
    how(settled);
    return true;
  };

  const take = (fact: BotEvent): void => {
    switch (fact.type) {
      case 'bot.decided':
        settle(fact.requestId, ({ resolve }) => resolve(fact.answer));
        return;
      case 'bot.overdue': {
        const { proposal } = fact;
        // Without a proposal the table itself says that the time is over.
        if (proposal !== undefined) settle(fact.requestId, ({ resolve }) => resolve(proposal));
        return;
      }
      case 'bot.failed': {
        const { requestId, proposal, hook, message, error } = fact;
        const failure = fact.terminated === undefined && error instanceof Error ? error : new Error(message);
        if (requestId === undefined) return onFailed(hook, failure);
        if (proposal !== undefined) onFailed(hook, failure);
        settle(requestId, ({ resolve, reject }) =>
          proposal === undefined ? reject(failure) : resolve(proposal),
        );
        return;
      }
      case 'bot.finished':
        return finish?.();
      case 'bot.late':
      case 'bot.ready':
      case 'bot.restarted':
      case 'bot.slow':
      case 'bot.unread':
        return;
    }
  };

  const bot = defineIsolatedBot({ pool, clock, now });
  const host = setup({ types: { events: {} as BotEvent }, actors: { bot } }).createMachine({
    invoke: { src: 'bot', id: 'bot', input: { matchId: '' } },
    on: { '*': { actions: ({ event }) => take(event) } },
  });
  const actor = createActor(host, { clock });
  actor.start();

  const command = (what: BotCommand): void => actor.getSnapshot().children.bot?.send(what);
  const observe = (frame: unknown): void => command({ type: 'bot.observe', frame: frame as ObservedFrame });

  return {
    decide(_state, turn: Turn) {
      const { requestId, raw, signal } = turn;
      const thinkMs = Math.max(0, turn.deadline - wallNow());
      const expiresAt = now() + thinkMs;
      const deadlineAt = expiresAt - Math.min(defaults.marginMs, thinkMs * defaults.marginShare);
      return new Promise<BotAnswer>((resolve, reject) => {
        asked = { requestId, resolve, reject };
        signal.addEventListener('abort', () => {
          if (asked?.requestId === requestId) asked = null;
          command({ type: 'bot.abort', requestId });
        });
        command({ type: 'bot.decide', frame: raw, deadlineAt, expiresAt });
      });
    },
    onMatchStart: observe,
    onRoundStart: observe,
    onTurnResult: observe,
    onPhaseChange: observe,
    onRoundResult: observe,
    onMatchEnd(_results, frame) {
      const patience = clock.setTimeout(() => finish?.(), defaults.endMs);
      finish = () => {
        finish = null;
        clock.clearTimeout(patience);
        actor.stop();
      };
      command({ type: 'bot.finish', frame });
    },
  };
}
