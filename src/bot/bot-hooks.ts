import type { AnyBot, BotHooks } from './bot.js';
import { isBaseBot } from './bot-mark.js';

/** Whether calling this hook can do anything: the bot has it, and not from the class `Bot`, of whatever copy of this package. */
export function hasHook(bot: AnyBot, hook: keyof BotHooks): boolean {
  if (typeof bot[hook] !== 'function') return false;
  for (let owner: object | null = bot; owner !== null; owner = Object.getPrototypeOf(owner))
    if (Object.hasOwn(owner, hook)) return !isBaseBot(owner.constructor);
  return true;
}
