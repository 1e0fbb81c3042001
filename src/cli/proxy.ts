/** `chipzen-agent proxy`: faults between any client and any WebSocket server. */

import { loadChaos } from '../chaos/chaos-file.js';
import type { ChaosEvent } from '../chaos/events.js';
import type { FaultKind } from '../chaos/faults.js';
import { profiles } from '../chaos/profiles.js';
import { type ChaosProxy, createChaosProxy } from '../chaos/proxy.js';
import { describeReplay } from '../chaos/replay.js';
import { OptionError } from '../protocol/errors.js';
import { messageOf } from '../protocol/message-of.js';
import { printable } from '../protocol/redact.js';
import { type SandboxClock, systemClock } from '../sandbox/timers.js';
import { exitCodes } from './exit-codes.js';
import { type CliIo, printLine } from './io.js';
import { count } from './progress.js';

const defaults = {
  maxLineLength: 240,
  /** Faults of one kind that are told one by one; the others are only counted. */
  maxToldPerKind: 50,
} as const;

export interface ProxyFlags {
  /** 0 takes any free port. */
  port: number;
  /** Name of a profile, or a file. */
  chaos: string;
  /** Default: random. */
  seed?: string;
  /** Only show the profiles. */
  list?: boolean;
}

/**
 * Serves until a signal comes.
 *
 * @param target `ws://HOST:PORT` of the server; undefined with `list`.
 * @param clock the time that delays live by. Default: the process's.
 * @returns the exit code.
 * @throws {OptionError} when there is no target, or one that cannot be used, or the port is taken.
 * @throws {ConfigError} for a chaos that does not exist or cannot be used.
 */
export async function proxy(
  target: string | undefined,
  flags: ProxyFlags,
  io: CliIo,
  clock: SandboxClock = systemClock,
): Promise<number> {
  if (flags.list === true) {
    for (const line of profileList()) printLine(io.stdout, line);
    return exitCodes.done;
  }
  if (target === undefined) {
    throw new OptionError('target', 'Give the address of the server, like ws://127.0.0.1:8001.');
  }
  const told = createTold(io);
  const opened = await open(target, flags, clock, (event) => told.tell(event));
  const stop = new AbortController();
  const stopped = new Promise((resolve) => stop.signal.addEventListener('abort', resolve));
  const release = io.onSignal(() => stop.abort());
  try {
    for (const line of introduction(target, flags.chaos, opened)) printLine(io.stdout, line);
    await stopped;
    return exitCodes.done;
  } finally {
    release();
    await opened.close();
    printLine(io.stdout, told.summary());
    printLine(
      io.stdout,
      `Again: ${describeReplay(['proxy', target, '--port', String(opened.port)], flags.chaos, opened.seed)}`,
    );
  }
}

async function open(
  target: string,
  { port, chaos, seed }: ProxyFlags,
  clock: SandboxClock,
  onEvent: (event: ChaosEvent) => void,
): Promise<ChaosProxy> {
  try {
    return await createChaosProxy({
      target,
      port,
      chaos: loadChaos(chaos),
      clock,
      onEvent,
      ...(seed !== undefined && { seed }),
    });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
      throw new OptionError('port', `Port ${port} is in use. Choose another one with --port.`);
    }
    throw error;
  }
}

function introduction(target: string, chaos: string, { url, seed }: ChaosProxy): string[] {
  return [
    `The proxy to ${target} is ready at ${url}, chaos ${chaos}, seed ${seed}. Ctrl-C ends it.`,
    'Let your client dial it in place of the server: the same paths, this address. For chipzen-agent without a url:',
    `export CHIPZEN_BASE_URL=${url}`,
  ].map((line) => printable(line, defaults.maxLineLength));
}

function profileList(): string[] {
  return profiles.flatMap(({ name, description, survivable, note }) => [
    `${name}${survivable ? '' : ' (no client survives it unharmed)'}`,
    `  ${description}${note === undefined ? '' : ` ${note}`}`,
  ]);
}

/** Prints what happens, and keeps count of it. */
function createTold(io: CliIo) {
  const counts = new Map<FaultKind, number>();

  return {
    tell(event: ChaosEvent): void {
      if (event.type === 'fault') {
        const number = (counts.get(event.kind) ?? 0) + 1;
        counts.set(event.kind, number);
        if (number > defaults.maxToldPerKind) return;
        print(describe(event));
        if (number === defaults.maxToldPerKind)
          print(`further faults of kind ${event.kind} are only counted`);
      } else {
        print(describe(event));
      }
    },
    summary(): string {
      const parts = [...counts].map(([kind, number]) => `${kind} ${number}`);
      const total = [...counts.values()].reduce((sum, number) => sum + number, 0);
      return parts.length === 0 ? 'No fault was done.' : `${count(total, 'fault')}: ${parts.join(', ')}`;
    },
  };

  function print(line: string): void {
    printLine(io.stdout, printable(line, defaults.maxLineLength));
  }
}

function describe(event: ChaosEvent): string {
  switch (event.type) {
    case 'fault': {
      const { kind, detail, leg, path, connection, frame, fault } = event;
      const what = detail === '' ? kind : `${kind} (${detail})`;
      const where = `${leg} ${path}, connection ${connection}${frame === 0 ? '' : `, frame ${frame}`}`;
      return `fault ${fault}: ${what}: ${where}`;
    }
    case 'target.unreachable':
      return `the server cannot be reached (${event.why}): ${event.path}`;
    case 'request.refused':
      return `a request was refused with HTTP ${event.status}`;
    case 'proxy.fault':
      return `warning: the proxy itself failed in ${event.where}: ${messageOf(event.error)}`;
  }
}
