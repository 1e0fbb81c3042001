/** `chipzen-agent proxy`: faults between any client and any WebSocket server. */

import type { ChaosEvent } from '../../chaos/chaos-events.js';
import { describeReplay, loadChaos } from '../../chaos/chaos-file.js';
import { type ChaosProxy, createChaosProxy } from '../../chaos/chaos-proxy.js';
import { profiles } from '../../chaos/profiles.js';
import { lobbyPath } from '../../protocol/endpoint-paths.js';
import { OptionError } from '../../protocol/errors.js';
import { printable } from '../../protocol/redact.js';
import { systemClock, type WorldClock } from '../../time/clock.js';
import { exitCodes } from '../surroundings/exit-codes.js';
import { type CliIo, terminalOf } from '../surroundings/surroundings.js';
import { createFaultLog } from './chaos-lines.js';
import { type OutputFlags, openCommandOutput } from './command-output.js';

const defaults = { maxLineLength: 240 } as const;

export interface ProxyFlags extends OutputFlags {
  /** 0 takes any free port. */
  port: number;
  /** The name of a profile, or a file. */
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
 * @param clock for delays. Default: the process's.
 * @returns the exit code.
 * @throws {OptionError} when the target is missing or invalid, or the port is taken.
 * @throws {ConfigError} for a chaos that does not exist or cannot be used.
 */
export async function proxy(
  target: string | undefined,
  flags: ProxyFlags,
  io: CliIo,
  clock: WorldClock = systemClock,
): Promise<number> {
  const output = openCommandOutput(flags, terminalOf(io));
  if (flags.list === true) {
    for (const profile of profiles) output.tell({ type: 'proxy.profile', ...profile }, linesOf(profile));
    return exitCodes.done;
  }
  if (target === undefined) {
    throw new OptionError('target', 'Give the address of the server, like ws://127.0.0.1:8001.');
  }
  const faults = createFaultLog((line, event) => output.tell(event, line));
  const opened = await open(target, flags, clock, faults.log);
  const stop = new AbortController();
  const stopped = new Promise((resolve) => stop.signal.addEventListener('abort', resolve));
  const release = io.onSignal(() => stop.abort());
  try {
    const { url, seed } = opened;
    output.tell(
      { type: 'proxy.ready', url, target, chaos: flags.chaos, seed },
      introduction(target, flags.chaos, opened),
    );
    await stopped;
    return exitCodes.done;
  } finally {
    release();
    await opened.close();
    const again = describeReplay(['proxy', target, '--port', String(opened.port)], flags.chaos, opened.seed);
    output.tell({ type: 'proxy.ended', faults: faults.counts(), again }, [
      faults.summary(),
      `Again: ${again}`,
    ]);
  }
}

async function open(
  target: string,
  { port, chaos, seed }: ProxyFlags,
  clock: WorldClock,
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
    'Let your client dial it in place of the server: the same paths, this address. For chipzen-agent, with your bot id:',
    `export CHIPZEN_LOBBY_URL=${url}${lobbyPath('BOT_ID')}`,
  ].map((line) => printable(line, defaults.maxLineLength));
}

function linesOf({ name, description, survivable, note }: (typeof profiles)[number]): string[] {
  return [
    `${name}${survivable ? '' : ' (no client survives it unharmed)'}`,
    `  ${description}${note === undefined ? '' : ` ${note}`}`,
  ];
}
