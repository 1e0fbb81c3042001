/** The options of a sandbox, checked before anything is opened. */

import { randomBytes } from 'node:crypto';
import type { Chaos } from '../../chaos/faults.js';
import { tableSettings } from '../../holdem/table-options.js';
import { OptionError } from '../../protocol/errors.js';
import { wire } from '../../protocol/frames.js';
import { refuseUnknown } from '../../protocol/known-names.js';
import { isLoopback } from '../../protocol/loopback.js';
import { messageOf } from '../../protocol/message-of.js';
import { type ReplayRaises, replayRaiseMeanings } from '../../records/record-rows.js';
import { systemClock, type WorldClock } from '../../time/clock.js';
import { maxTimerMs } from '../../time/max-timer.js';
import { type Scale, scaleOf } from '../../time/time-scale.js';
import { type DialectName, dialectNameOf } from './dialect-names.js';
import { type GameOptions, gameOf, type PlatformLevel, seatLimits } from './game-options.js';
import { choice, factor, flag, hostName, methods, range, whole } from './option-checks.js';
import type { NamedBot } from './players.js';
import type { SandboxEvent } from './sandbox-events.js';

const defaults = {
  port: 8001,
  host: '127.0.0.1',
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

const maxPort = 65_535;
/** At more than twice the times, pings would be too rare for clients that expect them. */
const maxSpeed = 2;

const limitsKinds = ['none', 'platform'] as const;
/** Whether bots have the quotas of the platform. */
export type LimitsKind = (typeof limitsKinds)[number];

/** Options of `createSandbox`. Durations are milliseconds before `speed` is applied, amounts chips. */
export interface SandboxOptions extends GameOptions {
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
   * after it ended or was killed. It contains tokens, so only its owner may read it. One platform uses it at a time.
   * Default: nothing is kept.
   */
  state?: string;
  /**
   * Goes on with the part of a damaged `state` before its damaged line, and keeps the damaged file as `FILE.damaged`.
   * Default: false, a damaged file is an error that says so.
   */
  repairState?: boolean;
  /** The bots of matches in `state` that are not house bots, by name. Default: none. */
  guests?: readonly NamedBot[];
  /** Default: the process's time. */
  clock?: WorldClock;
  /** Called with each event. What it throws is caught. */
  onEvent?: (event: SandboxEvent) => void;
}

const sandboxOptionNames: Readonly<Record<keyof SandboxOptions, true>> = {
  format: true,
  startingStack: true,
  smallBlind: true,
  bigBlind: true,
  ante: true,
  blindSchedule: true,
  maxHands: true,
  port: true,
  host: true,
  seed: true,
  speed: true,
  dialect: true,
  legacy: true,
  invertedRaises: true,
  decisionTimeoutMs: true,
  revealDelayMs: true,
  dispatchDelayMs: true,
  joinTimeoutMs: true,
  reconnectGraceMs: true,
  maxReconnects: true,
  pingIntervalMs: true,
  pongTimeoutMs: true,
  handshakeTimeoutMs: true,
  connectsPerMinute: true,
  maxConnections: true,
  limits: true,
  keepHands: true,
  replayRaises: true,
  chaos: true,
  state: true,
  repairState: true,
  guests: true,
  clock: true,
  onEvent: true,
};

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
  refuseUnknown(options, sandboxOptionNames, 'createSandbox');
  const speed = factor('speed', options.speed ?? defaults.speed, maxSpeed);
  const scale = scaleOf(speed);
  const dialect = dialectNameOf(options);
  const { decisionTimeoutMs, ...game } = gameOf(options);
  const rare =
    dialect === 'legacy'
      ? { interval: defaults.pingIntervalMs, timeout: defaults.pongTimeoutMs }
      : { interval: defaults.matchPingIntervalMs, timeout: defaults.matchPongTimeoutMs };
  const clockMs = (name: Clock, usualMs: number) =>
    scale.clock(whole(name, options[name] ?? usualMs, 1, maxTimerMs));
  const count = (name: Count, usual: number, from: number, to = Number.MAX_SAFE_INTEGER) =>
    whole(name, options[name] ?? usual, from, to);
  const [revealFromMs, revealToMs] = range('revealDelayMs', options.revealDelayMs ?? defaults.revealDelayMs);

  const settings = {
    port: count('port', defaults.port, 0, maxPort),
    host: hostName(options.host ?? defaults.host),
    seed: options.seed ?? randomBytes(defaults.seedBytes).toString('hex'),
    speed,
    scale,
    dialect,
    invertedRaises: flag('invertedRaises', options.invertedRaises ?? false),
    repairState: flag('repairState', options.repairState ?? false),
    ...game,
    maxReconnects: count('maxReconnects', defaults.maxReconnects, 0),
    connectsPerMinute: count('connectsPerMinute', defaults.connectsPerMinute, 1),
    maxConnections: count('maxConnections', defaults.maxConnections, 1),
    limits: choice('limits', options.limits ?? 'none', limitsKinds),
    keepHands: count('keepHands', defaults.keepHands, 0),
    replayRaises: choice('replayRaises', options.replayRaises ?? 'added', replayRaiseMeanings),
    revealDelayMs: [scale.delay(revealFromMs), scale.delay(revealToMs)] as const,
    dispatchDelayMs: scale.delay(count('dispatchDelayMs', defaults.dispatchDelayMs, 0, maxTimerMs)),
    decisionTimeoutMs: clockMs('decisionTimeoutMs', decisionTimeoutMs),
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
  if (typeof settings.seed !== 'string') throw new OptionError('seed', 'The option seed must be text.');
  if (settings.repairState && options.state === undefined) {
    throw new OptionError(
      'repairState',
      'There is no state file to repair. Name it with --state (option state), or leave out --repair-state (option repairState).',
    );
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
  | 'maxReconnects'
  | 'connectsPerMinute'
  | 'maxConnections'
  | 'keepHands'
  | 'dispatchDelayMs';

/** The clock of a decision of a match that has its own. */
export function decisionClock(value: unknown, settings: Settings): number {
  return settings.scale.clock(whole('decisionTimeoutMs', value, 1, maxTimerMs));
}
