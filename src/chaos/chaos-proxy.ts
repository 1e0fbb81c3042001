/** A TCP proxy that applies faults to the WebSocket connections through it. */

import { randomBytes } from 'node:crypto';
import { createServer, type Server, type Socket } from 'node:net';
import { isObject } from '../protocol/checks.js';
import { OptionError } from '../protocol/errors.js';
import { refuseUnknown } from '../protocol/known-names.js';
import { systemClock, type WorldClock } from '../time/clock.js';
import { createTimers, type Timer } from '../time/timers.js';
import type { ChaosEvent } from './chaos-events.js';
import { checkChaos } from './fault-rules.js';
import { type Chaos, type ChaosFault, isPlatformFault, type PlatformFaults } from './faults.js';
import { createLedger } from './ledger.js';
import type { ConnectionLeg } from './leg.js';
import { concerns, type FullOutage, fullOutage, type Outage } from './outages.js';
import { openProxiedConnection, type ProxiedConnection } from './proxied-connection.js';
import { reset } from './relay.js';
import { parseTarget } from './target.js';

const defaults = {
  host: '127.0.0.1',
  port: 0,
  speed: 1,
  maxSpeed: 2,
  maxPort: 65_535,
  maxConnections: 1_000,
  seedBytes: 8,
  /** Between two attempts to open a port that was taken by another program during an outage. */
  listenAgainMs: 50,
} as const;

/** Options of `createChaosProxy`. */
export interface ChaosProxyOptions {
  /** `ws://HOST:PORT` of the server; not `wss://`. */
  target: string;
  /** 0 takes any free port. Default: 0. */
  port?: number;
  /** Default: `127.0.0.1`. Tokens are sent unencrypted: on another address, other machines may read them. */
  host?: string;
  /** The faults: a profile, what `loadChaos` returned, or an object of your own. */
  chaos: Chaos;
  /** The same seed gives the same faults. Default: random. */
  seed?: string;
  /** Default: the process's time. */
  clock?: WorldClock;
  /** Factor on every delay, 0 to 2. Default: 1. */
  speed?: number;
  /** Performs the faults that need a platform. Default: such faults are refused. */
  platform?: PlatformFaults;
  /** The most connections at once; more are not accepted. Default: 1000. */
  maxConnections?: number;
  /** Called with each event. What it throws is caught. */
  onEvent?: (event: ChaosEvent) => void;
}

/** An open WebSocket connection. */
export interface ProxyConnection {
  leg: ConnectionLeg;
  /** Without query. */
  path: string;
  /** The number of the connection to its path, from 1. */
  connection: number;
}

/** Controls all connections of a proxy. */
export interface ChaosProxyControl {
  /** The open WebSocket connections. */
  connections(): ProxyConnection[];
  /** Ends every connection with a TCP reset. */
  cut(): void;
  /** Ends every connection and resets each new one for `ms` milliseconds: an outage of everything. */
  down(ms: number): void;
  /**
   * Begins an outage: the open connections of its leg end or fall silent, and new ones get the answer of the outage.
   * It replaces an outage of the same leg.
   *
   * @throws {OptionError} for an invalid outage.
   */
  outage(outage: Outage): void;
  /**
   * Sets other faults for new connections; open ones keep theirs. All counts restart.
   *
   * @throws {OptionError} as `createChaosProxy` does.
   */
  use(chaos: Chaos): void;
}

/** A running proxy. */
export interface ChaosProxy {
  /** `ws://127.0.0.1:PORT`: what the client dials instead of the target. */
  readonly url: string;
  readonly port: number;
  readonly seed: string;
  readonly control: ChaosProxyControl;
  /** Ends every connection and timer. */
  close(): Promise<void>;
}

/**
 * Opens a proxy. It offers the target no compression, because it could not read compressed frames.
 *
 * @throws {OptionError} for an invalid option, and for a fault that needs a platform without `platform`.
 * @throws the system's own error, such as `EADDRINUSE`, when the port cannot be opened.
 */
export async function createChaosProxy(options: ChaosProxyOptions): Promise<ChaosProxy> {
  const { target, port, host, maxConnections, seed, speed } = settingsOf(options);
  let faults = faultsOf(options.chaos, options.platform);
  const { clock = systemClock, platform, onEvent } = options;
  const timers = createTimers(clock, (error) => emit({ type: 'proxy.fault', where: 'timer', error }));
  let ledger = createLedger();
  const connections = new Set<ProxiedConnection>();
  const outages: { outage: FullOutage; end: Timer }[] = [];
  let closed = false;
  /** Set while the port is being opened again after an outage. */
  let opening = false;

  function emit(event: ChaosEvent): void {
    if (closed) return;
    try {
      onEvent?.(event);
    } catch (error) {
      // A listener that fails again on this event must not cause an endless loop.
      if (event.type !== 'proxy.fault') emit({ type: 'proxy.fault', where: 'listener', error });
    }
  }

  function accept(client: Socket): void {
    // Before its request is read.
    const isReset = outages.some(({ outage: { leg, answer } }) => leg === 'any' && answer.kind === 'reset');
    if (closed || isReset) {
      client.on('error', () => undefined);
      reset(client);
      return;
    }
    const connection = openProxiedConnection({
      client,
      target,
      faults,
      seed,
      speed,
      ledger,
      timers,
      platform,
      emit,
      outageAt: (leg) => outages.findLast(({ outage }) => concerns(outage, leg))?.outage.answer ?? null,
      onGone: () => connections.delete(connection),
    });
    connections.add(connection);
  }

  const server = createServer({ allowHalfOpen: true, noDelay: true }, accept);
  server.maxConnections = maxConnections;
  const actualPort = await listen(server, port, host);
  // For instance too many open files: the open connections go on.
  server.on('error', (error) => {
    if (!opening) return emit({ type: 'proxy.fault', where: 'server', error });
    opening = false;
    timers.after(defaults.listenAgainMs, listenAgain);
  });
  server.on('listening', () => {
    opening = false;
    if (closed || isRefusing()) server.close();
  });

  const cut = (): void => {
    for (const connection of connections) connection.cut();
  };

  function begin(outage: FullOutage): void {
    for (const running of outages.filter((other) => other.outage.leg === outage.leg)) endOutage(running);
    const running = { outage, end: timers.after(outage.ms, () => endOutage(running)) };
    outages.push(running);
    emit({ type: 'outage.began', leg: outage.leg, ms: outage.ms });
    if (outage.answer.kind === 'refused') server.close();
    for (const connection of connections) {
      if (concerns(outage, connection.visit?.leg ?? null)) connection.cut(outage.cut);
    }
  }

  function endOutage(running: (typeof outages)[number]): void {
    running.end.cancel();
    outages.splice(outages.indexOf(running), 1);
    listenAgain();
    emit({ type: 'outage.over', leg: running.outage.leg });
  }

  function isRefusing(): boolean {
    return outages.some(({ outage }) => outage.answer.kind === 'refused');
  }

  function listenAgain(): void {
    if (closed || opening || server.listening || isRefusing()) return;
    opening = true;
    server.listen(actualPort, host);
  }

  return {
    port: actualPort,
    url: `ws://${host.includes(':') ? `[${host}]` : host}:${actualPort}`,
    seed,
    control: {
      connections: () => [...connections].flatMap(({ visit }) => (visit === null ? [] : [visit])),
      cut,
      down: (ms) => begin(fullOutage({ ms })),
      outage: (outage) => begin(fullOutage(outage)),
      use(chaos) {
        faults = faultsOf(chaos, platform);
        ledger = createLedger();
      },
    },
    async close() {
      if (closed) return;
      closed = true;
      timers.stop();
      cut();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}

const proxyOptionNames: Readonly<Record<keyof ChaosProxyOptions, true>> = {
  target: true,
  port: true,
  host: true,
  chaos: true,
  seed: true,
  clock: true,
  speed: true,
  platform: true,
  maxConnections: true,
  onEvent: true,
};

function settingsOf(options: ChaosProxyOptions) {
  refuseUnknown(options, proxyOptionNames, 'createChaosProxy');
  const {
    port = defaults.port,
    host = defaults.host,
    speed = defaults.speed,
    seed = randomBytes(defaults.seedBytes).toString('hex'),
    maxConnections = defaults.maxConnections,
  } = options;
  const target = parseTarget(options.target);
  if (!Number.isInteger(port) || port < 0 || port > defaults.maxPort) {
    throw new OptionError('port', `The option port must be a whole number from 0 to ${defaults.maxPort}.`);
  }
  if (typeof host !== 'string' || host === '') throw new OptionError('host', 'The option host must be text.');
  if (typeof seed !== 'string') throw new OptionError('seed', 'The option seed must be text.');
  if (typeof speed !== 'number' || !(speed >= 0 && speed <= defaults.maxSpeed)) {
    throw new OptionError('speed', `The option speed must be a number from 0 to ${defaults.maxSpeed}.`);
  }
  if (!Number.isSafeInteger(maxConnections) || maxConnections < 1) {
    throw new OptionError('maxConnections', 'The option maxConnections must be a whole number from 1 on.');
  }
  return { target, port, host, maxConnections, seed, speed };
}

function faultsOf(chaos: Chaos | undefined, platform: PlatformFaults | undefined): readonly ChaosFault[] {
  if (!isObject(chaos)) {
    throw new OptionError(
      'chaos',
      "The option chaos must be an object: one of `profiles`, what `loadChaos` returned, or { name, faults } of your own; { name: 'calm', faults: [] } does nothing.",
    );
  }
  // A profile has more fields than a chaos.
  const { name, description, faults: given } = chaos;
  const { faults } = checkChaos({ name, description, faults: given }, ({ fault, field }, what) => {
    const place = [
      'chaos',
      ...(fault === undefined ? [] : [`faults[${fault - 1}]`]),
      ...(field === undefined ? [] : [field]),
    ].join('.');
    return new OptionError(place, `The option ${place} ${what}.`);
  });
  const needy = faults.findIndex(isPlatformFault);
  if (needy !== -1 && platform === undefined) {
    throw new OptionError(
      'platform',
      `ChaosFault ${needy + 1} of "${name}", ${faults[needy]?.kind}, is done by a platform, and this proxy has none. Run it with the sandbox.`,
    );
  }
  return faults;
}

async function listen(server: Server, port: number, host: string): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}
