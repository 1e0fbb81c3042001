/** What a sandbox can be told, checked before anything is opened. */
import { randomBytes } from 'node:crypto';
import { OptionError } from '../protocol/errors.js';
import { wire } from '../protocol/frames.js';
import type { SandboxEvent } from './events.js';
import { type SandboxClock, systemClock } from './timers.js';

const defaults = {
  port: 8001,
  host: '127.0.0.1',
  startingStack: 1_000,
  smallBlind: 5,
  bigBlind: 10,
  maxHands: 1_000,
  decisionTimeoutMs: 5_000,
  revealDelayMs: [0, 0],
  reconnectGraceMs: 30_000,
  maxReconnects: 3,
  pingIntervalMs: wire.lobbyPingIntervalMs,
  pongTimeoutMs: wire.lobbyPongTimeoutMs,
  handshakeTimeoutMs: wire.handshakeTimeoutMs,
  seedBytes: 8,
} as const;

/** What timers can count. */
const maxTimerMs = 2 ** 31 - 1;
const maxPort = 65_535;
/** Six stacks of this size can still be added up exactly. */
const maxChips = Math.floor(Number.MAX_SAFE_INTEGER / 6);
/** Tokens travel unencrypted here, so that they must not leave the machine. */
const hosts: readonly unknown[] = ['127.0.0.1', '::1', 'localhost'];

/** Options of `createSandbox`. Durations are milliseconds, amounts chips. */
export interface SandboxOptions {
  /** 0 takes any free port. Default: 8001, which the `local` environment points at. */
  port?: number;
  /** `127.0.0.1`, `::1` or `localhost`. Default: `127.0.0.1`. */
  host?: string;
  /** Deals the same cards and plays the same house bots again. Default: random. */
  seed?: string;
  /** Default: 1000. */
  startingStack?: number;
  /** Default: 5. */
  smallBlind?: number;
  /** Default: 10. */
  bigBlind?: number;
  /** Most hands of a match. Default: 1000. */
  maxHands?: number;
  /** The clock of one decision. Default: 5000. */
  decisionTimeoutMs?: number;
  /** From and to: how long after an action its opponents learn of it. Default: [0, 0]; the platform has [100, 500]. */
  revealDelayMs?: readonly [number, number];
  /** How long a seat may stay away, at the start and after a drop. Default: 30000. */
  reconnectGraceMs?: number;
  /** Reconnects of one seat in one match. Default: 3. */
  maxReconnects?: number;
  /** Between two heartbeats, on both legs. Default: 15000. */
  pingIntervalMs?: number;
  /** How long the answer to a heartbeat may take. Default: 5000. */
  pongTimeoutMs?: number;
  /** How long `authenticate` and then `hello` may take. Default: 5000. */
  handshakeTimeoutMs?: number;
  /** Default: the process's time. */
  clock?: SandboxClock;
  /** Called with each event; what it throws is contained. */
  onEvent?: (event: SandboxEvent) => void;
}

/** The options with every default filled in. */
export type Settings = Readonly<Required<Omit<SandboxOptions, 'clock' | 'onEvent'>>>;

/** @throws {OptionError} naming the option that cannot be used. */
export function settingsOf(options: SandboxOptions): Settings & { clock: SandboxClock } {
  const settings = {
    port: whole('port', options.port ?? defaults.port, 0, maxPort),
    host: options.host ?? defaults.host,
    seed: options.seed ?? randomBytes(defaults.seedBytes).toString('hex'),
    startingStack: whole('startingStack', options.startingStack ?? defaults.startingStack, 1, maxChips),
    smallBlind: whole('smallBlind', options.smallBlind ?? defaults.smallBlind, 1, maxChips),
    bigBlind: whole('bigBlind', options.bigBlind ?? defaults.bigBlind, 1, maxChips),
    maxHands: whole('maxHands', options.maxHands ?? defaults.maxHands, 1, Number.MAX_SAFE_INTEGER),
    revealDelayMs: range('revealDelayMs', options.revealDelayMs ?? defaults.revealDelayMs),
    maxReconnects: whole(
      'maxReconnects',
      options.maxReconnects ?? defaults.maxReconnects,
      0,
      Number.MAX_SAFE_INTEGER,
    ),
    ...durations(options),
    clock: options.clock ?? systemClock,
  };
  const { host, seed, smallBlind, bigBlind } = settings;
  if (!hosts.includes(host)) {
    throw new OptionError(
      'host',
      `The option host must be one of ${hosts.join(', ')}: play stays on this machine.`,
    );
  }
  if (typeof seed !== 'string') throw new OptionError('seed', 'The option seed must be text.');
  if (bigBlind < smallBlind) {
    throw new OptionError('bigBlind', `The option bigBlind must not be below smallBlind, ${smallBlind}.`);
  }
  return settings;
}

type Duration =
  | 'decisionTimeoutMs'
  | 'reconnectGraceMs'
  | 'pingIntervalMs'
  | 'pongTimeoutMs'
  | 'handshakeTimeoutMs';

function durations(options: SandboxOptions): Record<Duration, number> {
  const duration = (name: Duration) => whole(name, options[name] ?? defaults[name], 1, maxTimerMs);
  return {
    decisionTimeoutMs: duration('decisionTimeoutMs'),
    reconnectGraceMs: duration('reconnectGraceMs'),
    pingIntervalMs: duration('pingIntervalMs'),
    pongTimeoutMs: duration('pongTimeoutMs'),
    handshakeTimeoutMs: duration('handshakeTimeoutMs'),
  };
}

function whole(name: string, value: unknown, from: number, to: number): number {
  if (Number.isSafeInteger(value) && Number(value) >= from && Number(value) <= to) return Number(value);
  throw new OptionError(name, `The option ${name} must be a whole number from ${from} to ${to}.`);
}

function range(name: string, value: unknown): readonly [number, number] {
  const bounds: unknown[] = Array.isArray(value) ? value : [];
  const from = whole(name, bounds[0], 0, maxTimerMs);
  return [from, whole(name, bounds[1], from, maxTimerMs)];
}
