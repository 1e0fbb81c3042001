/** From options to the terms of a run. */
import { randomUUID } from 'node:crypto';
import { basename, extname } from 'node:path';
import type { BotSource } from '../bot/bot.js';
import { valueFunctionDigest } from '../holdem/chance-terms.js';
import { blindLadder, formatNames, matchFormats } from '../holdem/match-formats.js';
import { type HouseBotName, houseBotNames } from '../house/house-bot-names.js';
import { isBotModule, pathOfModule } from '../io/hosting/bot-module.js';
import { assertBotSource } from '../io/hosting/create-bot.js';
import { checkRemoteBot } from '../io/hosting/remote/remote-bot.js';
import { OptionError } from '../protocol/errors.js';
import { refuseUnknown } from '../protocol/known-names.js';
import { printable } from '../protocol/redact.js';
import { toldApart } from '../session-view/told-apart.js';
import { type ArenaBot, type ArenaOptions, type ArenaPool, arenaOptionNames } from './arena-options.js';
import type { ArenaPairing } from './arena-record.js';
import { type ArenaBotPlace, type ArenaTerms, mostPairsPerBlock } from './arena-terms.js';

const defaults = {
  stackBb: 100,
  /** About as many hands as a match of the season has. */
  dealsPerMatch: 100,
  maxNameLength: 40,
  fleetName: 'arena',
} as const;

const limits = {
  minBots: 2,
  maxSeats: 10,
  maxBots: 64,
  maxPairs: 1_000_000_000,
  maxStackBb: 100_000,
  maxGiveBackMs: 86_400_000,
} as const;

export interface ReadTerms {
  terms: ArenaTerms;
  /** Of bots that play on this thread, by their places. */
  sources: BotSource[];
}

/** @throws {OptionError} for options that make no run, and {BadBotError} for what is no bot. */
export function termsOfOptions(options: ArenaOptions): ReadTerms {
  refuseUnknown(options, arenaOptionNames, 'runArena');
  const { bots: given, pool, deals, matches, format = 'season' } = options;
  const { stackBb = defaults.stackBb, dealsPerMatch = defaults.dealsPerMatch } = options;
  if (!Array.isArray(given) || given.length < limits.minBots || given.length > limits.maxBots)
    throw new OptionError('bots', `An arena has ${limits.minBots} to ${limits.maxBots} bots.`);
  if (!formatNames.includes(format))
    throw new OptionError('format', `There are the formats ${formatNames.join(', ')}.`);
  const sources: BotSource[] = [];
  const bots = given.map((bot) => placeOfBot(bot, sources));
  const mode = modeOf(deals, matches);
  const { smallBlind, bigBlind, startingStack, maxHands, decisionTimeoutMs } = matchFormats[format];
  if (mode === 'deals') whole('stackBb', stackBb, limits.maxStackBb);
  else if (options.stackBb !== undefined)
    throw new OptionError(
      'stackBb',
      'A match has the stacks of its format: leave stackBb out, or play deals.',
    );
  if (mode === 'matches' && options.dealsPerMatch !== undefined)
    throw new OptionError(
      'dealsPerMatch',
      'A match ends by its format: leave dealsPerMatch out, or play deals.',
    );
  const stack = mode === 'deals' ? stackBb * bigBlind : startingStack;
  if (options.nats !== undefined) checkNats(options, sources);
  const pairings = pairingsOf(bots.length, pool);
  const seats = pairings[0]?.length ?? 0;
  if (seats > limits.maxSeats)
    throw new OptionError('bots', `A table has ${limits.maxSeats} seats: choose a pool for ${seats} bots.`);
  const wanted = whole(mode, deals ?? matches, limits.maxPairs);
  return {
    sources,
    terms: {
      mode,
      seed: seedOf(options.seed),
      bots,
      names: toldApart(bots.map((bot) => printable(nameOf(bot), defaults.maxNameLength))),
      pairings,
      pairs: mode === 'deals' ? wanted : Math.ceil(wanted / seats),
      pairsPerBlock: mode === 'deals' ? whole('dealsPerMatch', dealsPerMatch, mostPairsPerBlock) : 1,
      startingStack: stack,
      smallBlind,
      bigBlind,
      blindSchedule: mode === 'deals' ? [] : blindLadder(bigBlind, seats * startingStack),
      maxHands,
      clockMs: clockOf(options.clockMs, decisionTimeoutMs),
      sprt: sprtOf(options.sprt, mode),
      ...luckOf(options, mode, seats),
      details: options.details === true,
    },
  };
}

function checkNats({ nats, jobs }: ArenaOptions, sources: readonly BotSource[]): void {
  if (jobs !== undefined)
    throw new OptionError(
      'jobs',
      'With nats it is the workers that play: give them their jobs, and none here.',
    );
  if (sources.length > 0)
    throw new OptionError(
      'bots',
      'Workers play bots of files and house bots: a class or a factory stays here.',
    );
  fleetOf(nats);
}

/** @throws {OptionError} for what is no way to workers. */
export function fleetOf(nats: ArenaOptions['nats']): {
  url: string;
  name: string;
  giveBackMs: number | undefined;
} {
  const { url, name } = checkRemoteBot({ nats: nats?.url as string, name: nats?.name ?? defaults.fleetName });
  const giveBackMs = nats?.giveBackMs;
  if (giveBackMs !== undefined) whole('giveBackMs', giveBackMs, limits.maxGiveBackMs);
  return { url, name, giveBackMs };
}

function modeOf(deals: number | undefined, matches: number | undefined): ArenaTerms['mode'] {
  if ((deals === undefined) === (matches === undefined))
    throw new OptionError('deals', 'Say how many deals or how many matches are played: one of both.');
  return deals === undefined ? 'matches' : 'deals';
}

function whole(option: string, value: number | undefined, most: number): number {
  if (value !== undefined && Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new OptionError(option, `Option ${option} must be a whole number from 1 to ${most}.`);
}

function seedOf(seed: string | undefined): string {
  if (seed === undefined) return randomUUID().slice(0, 8);
  if (typeof seed === 'string' && seed !== '') return seed;
  throw new OptionError('seed', 'Option seed must be text.');
}

function sprtOf(sprt: ArenaOptions['sprt'], mode: ArenaTerms['mode']): ArenaTerms['sprt'] {
  if (sprt === undefined) return null;
  if (mode !== 'deals')
    throw new OptionError('sprt', 'The test of two differences in bb/100 takes deals, not matches.');
  const { low, high } = sprt;
  if (Number.isFinite(low) && Number.isFinite(high) && low < high) return { low, high };
  throw new OptionError('sprt', 'Option sprt takes two numbers of bb/100, the lower one first.');
}

function luckOf(
  { allIn, aivat = false }: ArenaOptions,
  mode: ArenaTerms['mode'],
  seats: number,
): Pick<ArenaTerms, 'luck' | 'valueFunction'> {
  for (const [option, value] of [
    ['allIn', allIn ?? true],
    ['aivat', aivat],
  ] as const)
    if (typeof value !== 'boolean') throw new OptionError(option, `Option ${option} must be true or false.`);
  if (aivat && allIn === false)
    throw new OptionError(
      'aivat',
      'AIVAT takes the luck of all-ins off, too: leave allIn: false out, or aivat.',
    );
  if (aivat && mode !== 'deals')
    throw new OptionError('aivat', 'AIVAT takes deals: a match is won or lost, whatever the cards were.');
  if (aivat && seats !== 2)
    throw new OptionError(
      'aivat',
      `AIVAT takes two seats, not ${seats}: play heads-up, or choose a pool, which has tables of two.`,
    );
  if (aivat) return { luck: 'aivat', valueFunction: valueFunctionDigest };
  return { luck: mode === 'deals' && allIn !== false ? 'all-in' : 'as played', valueFunction: null };
}

function clockOf(given: number | undefined, usual: number): number {
  if (given === undefined) return usual;
  if (Number.isFinite(given) && given > 0 && given <= 86_400_000) return given;
  throw new OptionError('clockMs', 'Option clockMs must be a number of milliseconds above 0, a day at most.');
}

function placeOfBot(bot: ArenaBot, sources: BotSource[]): ArenaBotPlace {
  if (typeof bot === 'string') {
    if ((houseBotNames as readonly string[]).includes(bot))
      return { kind: 'house', house: bot as HouseBotName };
    throw new OptionError(
      'bots',
      `There is no house bot "${printable(bot, defaults.maxNameLength)}". There are ${houseBotNames.join(', ')}; a file is given as { module: path or file URL }.`,
    );
  }
  if (isBotModule(bot)) return { kind: 'file', path: pathOfModule(bot), exportName: bot.export ?? null };
  assertBotSource(bot);
  if (typeof bot !== 'function')
    throw new OptionError(
      'bots',
      'Each seat needs a bot of its own: give a class or a factory, not an instance.',
    );
  sources.push(bot);
  return { kind: 'here', place: sources.length - 1, name: bot.name };
}

function nameOf(bot: ArenaBotPlace): string {
  if (bot.kind === 'house') return bot.house;
  if (bot.kind === 'here') return bot.name === '' ? 'bot' : bot.name;
  return bot.exportName ?? basename(bot.path, extname(bot.path));
}

/** The pairings of a pool; without one all bots sit at one table. */
export function pairingsOf(bots: number, pool?: ArenaPool): ArenaPairing[] {
  const all = Array.from({ length: bots }, (_, bot) => bot);
  switch (pool) {
    case undefined:
      return [all];
    case 'gauntlet':
      return all.slice(1).map((other) => [0, other]);
    case 'round-robin':
      return all.flatMap((bot) => all.slice(bot + 1).map((other) => [bot, other]));
    default:
      throw new OptionError('pool', 'A pool is a gauntlet or a round-robin.');
  }
}
