/** Which of the exports of a file is its bot. */

import type { BotSource } from '../../bot/bot.js';
import { extendsBot, isBaseBot } from '../../bot/bot-mark.js';
import { isObject } from '../../protocol/checks.js';
import { BadBotError } from '../../protocol/errors.js';

const defaults = { maxNamesShown: 8 } as const;

type Exports = Readonly<Record<string, unknown>>;

/** How surely an export is the bot, the surest last. */
const kinds = ['base class', 'function', 'has decide', 'extends Bot'] as const;

interface Candidate {
  /** Its names: one value may be exported more than once. */
  names: string[];
  value: BotSource;
  /** Index of its kind in `kinds`. */
  rank: number;
}

/**
 * The bot of a file: an export that extends `Bot`, else one that has `decide`, else a function, which may be a factory. Of
 * several alike it is the default export. A file that exports the function `decide`, and none of the first two and no
 * default, is a bot itself.
 *
 * @throws {BadBotError} when there is none, or several and none of them is the default export.
 */
export function chooseBot(exports: Exports, path: string): BotSource {
  const candidates = withoutBases(candidatesOf(exports));
  const best = Math.max(...candidates.map(({ rank }) => rank));
  const bots = candidates.filter(({ rank }) => rank === best);
  // The namespace of a module cannot be changed, and hooks may keep state in `this`.
  const file: unknown = { ...exports };
  const isSurer = best < kinds.indexOf('has decide') && !('default' in exports);
  if (isSurer && hasDecide(file) && canBeBot(file)) return file;
  const chosen = bots.length === 1 ? bots[0] : bots.find(({ names }) => names.includes('default'));
  if (chosen !== undefined) return chosen.value;
  throw new BadBotError(bots.length === 0 ? noBot(exports, path) : severalBots(bots, path));
}

/**
 * The export with this name, else the exported class or function that has it.
 *
 * @throws {BadBotError} when there is none, or it cannot be a bot.
 */
export function namedBot(exports: Exports, path: string, name: string): BotSource {
  const found = Object.hasOwn(exports, name) ? exports[name] : undefined;
  if (canBeBot(found)) return found;
  const named = candidatesOf(exports).filter(({ value }) => nameOf(value) === name);
  if (named[0] !== undefined) return named[0].value;
  throw new BadBotError(`${path} exports no bot named ${name}, but ${describeExports(exports)}.`);
}

/** A function may be a class or a factory; that shows when it is called. */
export function canBeBot(value: unknown): value is BotSource {
  return typeof value === 'function' || hasDecide(value);
}

function hasDecide(value: unknown): boolean {
  return isObject(value) && (typeof value.decide === 'function' || 'decideRaw' in value);
}

function candidatesOf(exports: Exports): Candidate[] {
  const found = new Map<BotSource, Candidate>();
  for (const name of Object.keys(exports).toSorted()) {
    const value = exports[name];
    if (!canBeBot(value)) continue;
    const known = found.get(value);
    if (known === undefined) found.set(value, { names: [name], value, rank: kinds.indexOf(kindOf(value)) });
    else known.names.push(name);
  }
  return [...found.values()];
}

function kindOf(value: BotSource): (typeof kinds)[number] {
  if (isBaseBot(value)) return 'base class';
  if (extendsBot(value)) return 'extends Bot';
  return hasDecide(typeof value === 'function' ? value.prototype : value) ? 'has decide' : 'function';
}

/** Without classes that have no `decide` and are what others of them extend. */
function withoutBases(candidates: Candidate[]): Candidate[] {
  const extended = (base: object, { value }: Candidate): boolean =>
    typeof value === 'function' && Object.prototype.isPrototypeOf.call(base, value.prototype);
  const isBase = ({ value }: Candidate): boolean =>
    typeof value === 'function' &&
    isObject(value.prototype) &&
    !hasDecide(value.prototype) &&
    candidates.some((other) => extended(value.prototype, other));
  return candidates.filter((candidate) => !isBase(candidate));
}

function noBot(exports: Exports, path: string): string {
  return `${path} exports ${describeExports(exports)}. Export one bot as default: a class or object with decide(state), or a function that returns one.`;
}

function severalBots(bots: readonly Candidate[], path: string): string {
  const shown = bots
    .slice(0, defaults.maxNamesShown)
    .map(({ names: [name = ''], value }) => `${name} (${sortOf(value)})`);
  const rest = bots.length - shown.length;
  const list = rest > 0 ? `${shown.join(', ')} and ${rest} more` : listed(shown);
  return `${path} exports several bots: ${list}. Name one as FILE#NAME or with --bot-class NAME (in a program: export), or export it as default.`;
}

const listed = (names: readonly string[]): string => `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

function describeExports(exports: Exports): string {
  // Sorted by name, as Node lists them; a translated module has them in the order of the source.
  const names = Object.keys(exports).toSorted();
  const found = names.map((name) => `${name} (${sortOf(exports[name])})`);
  if (found.length === 0) return 'nothing';
  const rest = found.length - defaults.maxNamesShown;
  return found.slice(0, defaults.maxNamesShown).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

function sortOf(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'function') return isClass(value) ? 'a class' : 'a function';
  if (typeof value !== 'object') return `a ${typeof value}`;
  return canBeBot(value) ? 'a bot' : 'an object without decide';
}

// biome-ignore lint/complexity/noBannedTypes: whatever is callable.
function isClass(value: Function): boolean {
  return (
    /^class\b/.test(Function.prototype.toString.call(value)) ||
    extendsBot(value) ||
    hasDecide(value.prototype)
  );
}

const nameOf = (value: BotSource): string | null => (typeof value === 'function' ? value.name : null);
