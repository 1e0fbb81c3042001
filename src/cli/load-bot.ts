/** From a file to a bot: TypeScript or JavaScript, whatever it calls its export. */
import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { createJiti } from 'jiti';
import * as chipzenAgent from '../index.js';
import { type IoClock, systemClock } from '../io/clock.js';
import type { BotLike, BotSource } from '../poker/bot.js';
import { BadBotError, OptionError } from '../protocol/errors.js';
import { printable } from '../protocol/redact.js';
import * as sandbox from '../sandbox/index.js';
import { describeFailure } from './failure.js';
import { within } from './time-limit.js';

const defaults = { maxNamesShown: 8, maxReasonLength: 300, limitMs: 120_000 } as const;

/**
 * Loads the bot of a file: its default export, else its only export that can be one. `chipzen-agent` and
 * `chipzen-agent/sandbox` mean this very package there, installed beside the bot or not.
 *
 * @throws {OptionError} when there is no such file.
 * @throws {BadBotError} when it cannot be loaded, has not ended loading after 120 s, or exports no bot.
 */
export async function loadBot(file: string, clock: IoClock = systemClock): Promise<BotSource> {
  if (file === '') throw new OptionError('bot file', 'The name of the bot file is empty.');
  const path = resolve(file);
  if (!existsSync(path)) throw new OptionError('bot file', `There is no bot file ${path}.`);
  if (statSync(path).isDirectory())
    throw new OptionError('bot file', `${path} is a folder. Give the bot file in it.`);
  const late = () =>
    new BadBotError(
      `${path} has not ended loading after ${defaults.limitMs / 1_000} s: it awaits something that does not come.`,
    );
  return botOf(await within(defaults.limitMs, clock, load(path), late), path);
}

async function load(path: string): Promise<Record<string, unknown>> {
  const jiti = createJiti(import.meta.url, {
    fsCache: false,
    interopDefault: false,
    virtualModules: { 'chipzen-agent': chipzenAgent, 'chipzen-agent/sandbox': sandbox },
  });
  try {
    return { ...(await jiti.import<object>(path)) };
  } catch (error) {
    const why = printable(describeFailure(error), defaults.maxReasonLength);
    throw new BadBotError(`${path} cannot be loaded: ${why}`, { cause: error });
  }
}

function botOf(module: Record<string, unknown>, path: string): BotSource {
  const { default: main, ...named } = module;
  if (canBeBot(main)) return main;
  const [only, ...others] = Object.values(named).filter(canBeBot);
  if (only !== undefined && others.length === 0) return only;
  throw new BadBotError(
    `${path} exports ${describeExports(module)}. Export one bot as default: a class or object with decide(state), or a function that returns one.`,
  );
}

/** A function may be a class or a factory; which it is shows when it is called. */
function canBeBot(value: unknown): value is BotSource {
  return typeof value === 'function' || isBotLike(value);
}

function isBotLike(value: unknown): value is BotLike {
  if (typeof value !== 'object' || value === null) return false;
  return ('decide' in value && typeof value.decide === 'function') || 'decideRaw' in value;
}

function describeExports(module: Record<string, unknown>): string {
  const found = Object.entries(module).map(([name, value]) => `${name} (${kindOf(value)})`);
  if (found.length === 0) return 'nothing';
  const rest = found.length - defaults.maxNamesShown;
  return found.slice(0, defaults.maxNamesShown).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return typeof value === 'object' ? 'an object without decide' : `a ${typeof value}`;
}
