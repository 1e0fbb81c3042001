/** The options of a sandbox, checked before anything is opened. */
import { randomBytes } from 'node:crypto';
import type { Chaos } from '../../chaos/faults.js';
import {
  blindLadder,
  type FormatName,
  formatNames,
  type MatchFormat,
  matchFormats,
} from '../../holdem/match-formats.js';
import { tableSettings } from '../../holdem/table-options.js';
import type { BlindLevel } from '../../holdem/table-types.js';
import { OptionError } from '../../protocol/errors.js';
import { wire } from '../../protocol/frames.js';
import { isLoopback } from '../../protocol/loopback.js';
import { messageOf } from '../../protocol/message-of.js';
import { type ReplayRaises, replayRaiseMeanings } from '../../records/record-rows.js';
import { systemClock, type WorldClock } from '../../time/clock.js';
import { maxTimerMs } from '../../time/max-timer.js';
import { type Scale, scaleOf } from '../../time/time-scale.js';
import { type DialectName, dialectNames } from './dialect-names.js';
import type { NamedBot } from './players.js';
import type { SandboxEvent } from './sandbox-events.js';

const defaults = {
  port: 8001,
  host: '127.0.0.1',
  format: 'season',
  dialect: 'played',
  ante: 0,
  revealDelayMs: [100, 500],
  dispatchDelayMs: 0,
  joinTimeoutMs: 30_000,
  reconnectGraceMs: 30_000,
  maxReconnects: 3,
  pingIntervalMs: wire.lobbyPingIntervalMs,
  pongTimeoutMs: wire.lobbyPongTimeoutMs,
  matchPingIntervalMs: 30_000,
  matchPongTimeoutMs: 10_000,
  handshakeTimeoutMs: wire.handshakeTimeoutMs,
  connectsPerMinute: 6_000,
  maxConnections: 4_096,
  keepHands: 10_000,
  speed: 1,
  seedBytes: 8,
} as const;

/** Of one match: the platform's format has room for six. */
export const seatLimits = { min: 2, max: 6 } as const;

const maxPort = 65_535;
const maxHostLength = 253;
/** Stacks of this size at every seat can still be added exactly. */
const maxChips = Math.floor(Number.MAX_SAFE_INTEGER / seatLimits.max);
/** At more than twice the times, pings would be too rare for clients that expect them. */
const maxSpeed = 2;

/** A level with an ante that every seat posts, as on the platform. */
export type PlatformLevel = BlindLevel & { ante?: number };

const limitsKinds = ['none', 'platform'] as const;
/** Whether bots have the quotas of the platform. */
export type LimitsKind = (typeof limitsKinds)[number];

/** Options of `createSandbox`. Durations are milliseconds before `speed` is applied, amounts chips. */
export interface SandboxOptions {
  /** 0 takes any free port. Default: 8001, the port of the `local` environment. */
  port?: number;
  /**
   * The address to listen on. Default: `127.0.0.1`, which other machines cannot reach. Tokens are sent unencrypted,
   * so any other address is only for networks where everybody may read them.
   */
  host?: string;
  /** The same seed deals the same cards, and house bots play the same. Default: random. */
  seed?: string;
  /**
   * A factor for all delays and clocks, from 0 to 2: 0.1 plays ten times as fast. 0 removes all delays and does not
   * change the clocks (timeouts, heartbeats, graces). Default: 1, the platform's pace.
   */
  speed?: number;
  /** Whose frames the platform speaks. Default: `played`. */
  dialect?: DialectName;
  /** True is the dialect `legacy`. Default: false. */
  legacy?: boolean;
  /**
   * As one player saw it: a seat with fewer chips than a whole raise is told that raise as its least one all the same, so
   * that `min_raise` is above `max_raise`; and a raise above `max_raise` is rejected. Default: false.
   */
  invertedRaises?: boolean;
  /**
   * The kind of match, which gives the defaults of chips, blinds, hands and clock, and how many house bots sit down where
   * nobody is named. Default: `season`.
   */
  format?: FormatName;
  /** Default: the format's. */
  startingStack?: number;
  /** Default: half of the big blind; without one, the format's. */
  smallBlind?: number;
  /** Default: twice the small blind; without one, the format's. */
  bigBlind?: number;
  /** Posted by every seat in every hand. Default: 0. */
  ante?: number;
  /**
   * Blinds and antes of later hands; each level applies until the next one. Default: the format's, and none where a blind
   * is given.
   */
  blindSchedule?: readonly PlatformLevel[];
  /** The most hands of a match. Default: the format's. */
  maxHands?: number;
  /** The clock of one decision. Default: the format's. */
  decisionTimeoutMs?: number;
  /** From and to: the delay after which opponents learn of an action. Default: [100, 500]. */
  revealDelayMs?: readonly [number, number];
  /** From a match's creation to its announcement; earlier dials are denied. Default: 0. */
  dispatchDelayMs?: number;
  /** How long a match waits for all its players before it is cancelled. Default: 30000. */
  joinTimeoutMs?: number;
  /** How long a seat may stay away after a drop. Default: 30000. */
  reconnectGraceMs?: number;
  /** The most reconnects of one seat in one match; with 0 the gateway does not offer them. Default: 3. */
  maxReconnects?: number;
  /** Between two heartbeats, on both legs. Default: 15000, and for a match 30000 except in the dialect `legacy`. */
  pingIntervalMs?: number;
  /** How long an answer to a heartbeat may take. Default: 5000, and for a match 10000 except in the dialect `legacy`. */
  pongTimeoutMs?: number;
  /** How long `authenticate` and then `hello` may take. Default: 5000. */
  handshakeTimeoutMs?: number;
  /** WebSocket connections that one address may open within a minute; more are closed with 1008. Default: 6000. */
  connectsPerMinute?: number;
  /** WebSocket connections open at once; more are refused with HTTP 503. Default: 4096. */
  maxConnections?: number;
  /**
   * `platform`: a bot has the quotas of the platform (20 matches a day, 8 hours in the lobby) and has to read the public
   * records slowly (docs/protocol.md 7). Days are those of UTC, whatever `speed` is. Default: `none`.
   */
  limits?: LimitsKind;
  /** The most hands, of all matches, that the public records keep; those of the oldest matches go first. Default: 10000. */
  keepHands?: number;
  /**
   * What the amount of a raise in `/api/matches/{id}/replay` is: the chips `added`, or the `total` of the street. Which
   * of the two the platform sends is not proven. Default: `added`.
   */
  replayRaises?: ReplayRaises;
  /**
   * The faults of this platform and of the connections to it: a profile of `chipzen-agent/chaos`, what `loadChaos`
   * returned, or an object of your own. Its random numbers come from `seed`. Default: no faults.
   */
  chaos?: Chaos;
  /**
   * A file in which the platform keeps its bots, tokens and matches, so that they continue when it is started again
   * after it ended or was killed. It contains tokens, so only its owner may read it. Default: nothing is kept.
   */
  state?: string;
  /** The bots of matches in `state` that are not house bots, by name. Default: none. */
  guests?: readonly NamedBot[];
  /** Default: the process's time. */
  clock?: WorldClock;
  /** Called with each event. What it throws is caught. */
  onEvent?: (event: SandboxEvent) => void;
}

/** The options with all defaults filled in. Durations are scaled already. */
export type Settings = Readonly<
  Required<Omit<SandboxOptions, 'clock' | 'onEvent' | 'chaos' | 'state' | 'guests' | 'legacy'>>
> & {
  readonly chaos: Chaos | null;
  /** For other durations. */
  readonly scale: Scale;
  /** How many play where nobody says with whom. */
  readonly seats: number;
  /** Of the heartbeat of a match. */
  readonly matchPing: { readonly pingIntervalMs: number; readonly pongTimeoutMs: number };
};

/** @throws {OptionError} naming the option that cannot be used. */
export function settingsOf(options: SandboxOptions): Settings & { clock: WorldClock } {
  const speed = factor('speed', options.speed ?? defaults.speed, maxSpeed);
  const scale = scaleOf(speed);
  const dialect = dialectNameOf(options);
  const rare =
    dialect === 'legacy'
      ? { interval: defaults.pingIntervalMs, timeout: defaults.pongTimeoutMs }
      : { interval: defaults.matchPingIntervalMs, timeout: defaults.matchPongTimeoutMs };
  const name = options.format === undefined ? defaults.format : options.format;
  const format = formatOf(name);
  const clockMs = (name: Clock, usualMs: number) =>
    scale.clock(whole(name, options[name] ?? usualMs, 1, maxTimerMs));
  const count = (name: Count, usual: number, from: number, to = Number.MAX_SAFE_INTEGER) =>
    whole(name, options[name] ?? usual, from, to);
  const startingStack = count('startingStack', format.startingStack, 1, maxChips);
  const [revealFromMs, revealToMs] = range('revealDelayMs', options.revealDelayMs ?? defaults.revealDelayMs);

  const settings = {
    port: count('port', defaults.port, 0, maxPort),
    host: hostName(options.host ?? defaults.host),
    seed: options.seed ?? randomBytes(defaults.seedBytes).toString('hex'),
    speed,
    scale,
    dialect,
    invertedRaises: flag('invertedRaises', options.invertedRaises ?? false),
    format: name,
    seats: format.seats,
    startingStack,
    ...blindsOf(options, format, startingStack),
    ante: count('ante', defaults.ante, 0, maxChips),
    maxHands: count('maxHands', format.maxHands, 1),
    maxReconnects: count('maxReconnects', defaults.maxReconnects, 0),
    connectsPerMinute: count('connectsPerMinute', defaults.connectsPerMinute, 1),
    maxConnections: count('maxConnections', defaults.maxConnections, 1),
    limits: choice('limits', options.limits ?? 'none', limitsKinds),
    keepHands: count('keepHands', defaults.keepHands, 0),
    replayRaises: choice('replayRaises', options.replayRaises ?? 'added', replayRaiseMeanings),
    revealDelayMs: [scale.delay(revealFromMs), scale.delay(revealToMs)] as const,
    dispatchDelayMs: scale.delay(count('dispatchDelayMs', defaults.dispatchDelayMs, 0, maxTimerMs)),
    decisionTimeoutMs: clockMs('decisionTimeoutMs', format.decisionTimeoutMs),
    chaos: options.chaos ?? null,
    joinTimeoutMs: clockMs('joinTimeoutMs', defaults.joinTimeoutMs),
    reconnectGraceMs: clockMs('reconnectGraceMs', defaults.reconnectGraceMs),
    pingIntervalMs: clockMs('pingIntervalMs', defaults.pingIntervalMs),
    pongTimeoutMs: clockMs('pongTimeoutMs', defaults.pongTimeoutMs),
    matchPing: {
      pingIntervalMs: clockMs('pingIntervalMs', rare.interval),
      pongTimeoutMs: clockMs('pongTimeoutMs', rare.timeout),
    },
    handshakeTimeoutMs: clockMs('handshakeTimeoutMs', defaults.handshakeTimeoutMs),
    clock: methods('clock', options.clock ?? systemClock, ['setTimeout', 'clearTimeout', 'now']),
  };
  if (options.onEvent !== undefined) methods('onEvent', { onEvent: options.onEvent }, ['onEvent']);
  const { seed, smallBlind, bigBlind } = settings;
  if (typeof seed !== 'string') throw new OptionError('seed', 'The option seed must be text.');
  if (bigBlind < smallBlind) {
    throw new OptionError('bigBlind', `The option bigBlind must not be below smallBlind, ${smallBlind}.`);
  }
  if (settings.chaos !== null && !isLoopback(settings.host)) {
    throw new OptionError(
      'chaos',
      'The option chaos is for this machine only: behind its proxy nobody can tell who comes from elsewhere.',
    );
  }
  requireSchedule(settings);
  return settings;
}

/** @throws {OptionError} */
function formatOf(name: unknown): MatchFormat {
  const found = formatNames.find((known) => known === name);
  if (found !== undefined) return matchFormats[found];
  throw new OptionError('format', `The option format must be one of ${formatNames.join(', ')}.`);
}

/** @throws {OptionError} */
function dialectNameOf({ dialect, legacy = false }: SandboxOptions): DialectName {
  const isLegacy = flag('legacy', legacy);
  const usual = isLegacy ? 'legacy' : defaults.dialect;
  const found = dialectNames.find((known) => known === (dialect === undefined ? usual : dialect));
  if (found === undefined) {
    throw new OptionError('dialect', `The option dialect must be one of ${dialectNames.join(', ')}.`);
  }
  if (isLegacy && found !== 'legacy') {
    throw new OptionError(
      'legacy',
      `The options legacy and dialect ${found} contradict each other; give one of them.`,
    );
  }
  return found;
}

/** Blinds that are given replace the format's as a whole, with those of later hands. */
function blindsOf(
  { smallBlind, bigBlind, blindSchedule }: SandboxOptions,
  format: MatchFormat,
  startingStack: number,
): Pick<Settings, 'smallBlind' | 'bigBlind' | 'blindSchedule'> {
  if (smallBlind === undefined && bigBlind === undefined) {
    const ladder = blindLadder(format.bigBlind, startingStack * seatLimits.max);
    return {
      smallBlind: format.smallBlind,
      bigBlind: format.bigBlind,
      blindSchedule: blindSchedule ?? ladder,
    };
  }
  const blind = (name: 'smallBlind' | 'bigBlind', value: unknown) => whole(name, value, 1, maxChips);
  const small = blind('smallBlind', smallBlind ?? Math.max(1, Math.floor(blind('bigBlind', bigBlind) / 2)));
  return {
    smallBlind: small,
    bigBlind: blind('bigBlind', bigBlind ?? 2 * small),
    blindSchedule: blindSchedule ?? [],
  };
}

/** Checks the schedule as the table does. */
function requireSchedule(settings: {
  startingStack: number;
  smallBlind: number;
  bigBlind: number;
  blindSchedule: readonly PlatformLevel[];
}): void {
  try {
    const { startingStack, smallBlind, bigBlind, blindSchedule } = settings;
    tableSettings({ startingStack, smallBlind, bigBlind, blindSchedule, seats: seatLimits.max, seed: '' });
    for (const [index, level] of blindSchedule.entries()) {
      if (typeof level.ante === 'object') {
        throw new RangeError(`Option \`blindSchedule[${index}].ante\` must be a number, for every seat.`);
      }
    }
  } catch (error) {
    throw new OptionError('blindSchedule', messageOf(error));
  }
}

type Clock =
  | 'decisionTimeoutMs'
  | 'joinTimeoutMs'
  | 'reconnectGraceMs'
  | 'pingIntervalMs'
  | 'pongTimeoutMs'
  | 'handshakeTimeoutMs';

type Count =
  | 'port'
  | 'startingStack'
  | 'ante'
  | 'maxHands'
  | 'maxReconnects'
  | 'connectsPerMinute'
  | 'maxConnections'
  | 'keepHands'
  | 'dispatchDelayMs';

/** @throws {OptionError} */
export function whole(name: string, value: unknown, from: number, to: number): number {
  if (Number.isSafeInteger(value) && Number(value) >= from && Number(value) <= to) return Number(value);
  throw new OptionError(name, `The option ${name} must be a whole number from ${from} to ${to}.`);
}

/** The clock of a decision of a match that has its own. */
export function decisionClock(value: unknown, settings: Settings): number {
  return settings.scale.clock(whole('decisionTimeoutMs', value, 1, maxTimerMs));
}

function factor(name: string, value: unknown, to: number): number {
  if (typeof value === 'number' && value >= 0 && value <= to) return value;
  throw new OptionError(name, `The option ${name} must be a number from 0 to ${to}.`);
}

function choice<T extends string>(name: string, value: unknown, words: readonly T[]): T {
  const word = words.find((each) => each === value);
  if (word !== undefined) return word;
  throw new OptionError(name, `The option ${name} must be ${words.join(' or ')}.`);
}

function flag(name: string, value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  throw new OptionError(name, `The option ${name} must be true or false.`);
}

function text(name: string, value: unknown, maxLength: number): string {
  if (typeof value === 'string' && value !== '' && value.length <= maxLength) return value;
  throw new OptionError(name, `The option ${name} must be text of 1 to ${maxLength} characters.`);
}

/** As requests have it in their `Host`: in small letters, and an IPv6 address without its brackets. */
function hostName(value: unknown): string {
  return text('host', value, maxHostLength)
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1');
}

function methods<T extends object>(name: string, value: T, names: readonly (keyof T)[]): T {
  if (names.every((method) => typeof value[method] === 'function')) return value;
  throw new OptionError(name, `The option ${name} must have the functions ${names.join(', ')}.`);
}

function range(name: string, value: unknown): readonly [number, number] {
  const bounds: unknown[] = Array.isArray(value) ? value : [];
  const from = whole(name, bounds[0], 0, maxTimerMs);
  return [from, whole(name, bounds[1], from, maxTimerMs)];
}
