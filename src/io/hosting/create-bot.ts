import type { AnyBot, BotSource } from '../../bot/bot.js';
import { isObject } from '../../protocol/checks.js';
import { BadBotError } from '../../protocol/errors.js';

function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  return typeof value === 'object' ? 'an object without decide' : `a value of type ${typeof value}`;
}

const isBot = (value: unknown): value is AnyBot =>
  isObject(value) && (typeof value.decide === 'function' || typeof value.decideRaw === 'function');

/** Whether it is a promise of any implementation. */
export const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  ((typeof value === 'object' && value !== null) || typeof value === 'function') &&
  typeof (value as unknown as PromiseLike<unknown>).then === 'function';

/**
 * Whether a function is a class, and not a factory: by its source, or by `decide` on its prototype if it was compiled
 * to ES5.
 */
function isClass(source: new () => AnyBot): boolean {
  return /^class\b/.test(Function.prototype.toString.call(source)) || isBot(source.prototype);
}

/** Names that a class has which was given none. */
const noNames: ReadonlySet<string> = new Set(['', 'Object', 'Function', 'default']);

/** The name of a bot's class; null where it has none. */
export function classNameOf(bot: AnyBot | BotSource): string | null {
  try {
    const name: unknown = typeof bot === 'function' ? bot.name : bot.constructor.name;
    return typeof name === 'string' && !noNames.has(name) ? name.slice(0, 200) : null;
  } catch {
    // An object may have no constructor, or one that throws.
    return null;
  }
}

/**
 * Refuses values that can never play. A factory is accepted until it is called.
 *
 * @throws BadBotError
 */
export function assertBotSource(source: unknown): asserts source is BotSource {
  if (typeof source === 'function' || isBot(source)) return;
  throw new BadBotError(
    `A bot is a class, an object with decide(state), or a factory function; this is ${describe(source)}.`,
  );
}

/**
 * The bot for one match: a new instance of a class, what a factory returns, or the instance itself.
 *
 * @throws BadBotError when the result has no `decide`; and what the user's constructor or factory throws.
 */
export function createBot(source: BotSource): AnyBot | Promise<AnyBot> {
  if (typeof source !== 'function') return source;
  if (isClass(source as new () => AnyBot)) {
    const made: unknown = new (source as new () => AnyBot)();
    if (isBot(made)) return made;
    throw new BadBotError(
      'The bot class has no decide(state). Add that method: it chooses the action of each turn.',
    );
  }
  const made: unknown = (source as () => AnyBot | Promise<AnyBot>)();
  return isThenable(made) ? Promise.resolve(made).then(assertBot) : assertBot(made);
}

function assertBot(made: unknown): AnyBot {
  if (isBot(made)) return made;
  throw new BadBotError(
    `The bot factory returned ${describe(made)}. A bare function is taken for a factory that returns a bot; to give only decide, pass { decide }.`,
  );
}
