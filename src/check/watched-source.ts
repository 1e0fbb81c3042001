/** A bot in this thread, with a look at the clock before and after each of its calls. */
import type { AnyBot, BotSource } from '../bot/bot.js';
import { createBot, isThenable } from '../io/hosting/create-bot.js';
import type { WorldClock } from '../time/clock.js';
import { heldOf, type LoopListener } from './loop-watch.js';

/** Only what a call does before its first await is seen; a bot in a thread or process of its own is watched as a whole. */
export function watchSource(
  source: BotSource,
  clock: Pick<WorldClock, 'now'>,
  { onHeld }: Pick<LoopListener, 'onHeld'>,
): BotSource {
  const watched = (bot: AnyBot): AnyBot =>
    new Proxy(bot, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== 'function') return value;
        return (...values: unknown[]): unknown => {
          const before = { at: clock.now(), cpu: process.cpuUsage() };
          try {
            // Private fields are of the bot itself.
            return Reflect.apply(value, target, values);
          } finally {
            const { user, system } = process.cpuUsage(before.cpu);
            onHeld({ heldMs: heldOf(clock.now() - before.at, (user + system) / 1_000), by: String(name) });
          }
        };
      },
    });
  return () => {
    const made = createBot(source);
    return isThenable(made) ? Promise.resolve(made).then(watched) : watched(made);
  };
}
