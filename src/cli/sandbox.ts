/** `chipzen-agent sandbox`: a local platform that deals matches to your bots for as long as it runs. */
import { loadChaos } from '../chaos/chaos-file.js';
import { describeReplay } from '../chaos/replay.js';
import type { Dashboard } from '../dashboard/index.js';
import { OptionError } from '../protocol/errors.js';
import type { SandboxEvent } from '../sandbox/events.js';
import { createSandbox, type Sandbox } from '../sandbox/server.js';
import { type SandboxClock, systemClock } from '../sandbox/timers.js';
import { isLoopbackName } from '../sandbox/upgrade.js';
import type { Blinds } from './arguments.js';
import { createFaultLog } from './chaos-lines.js';
import { type DashboardFlag, openSandboxDashboard } from './dashboard.js';
import { exitCodes } from './exit-codes.js';
import { type CliIo, printLine } from './io.js';
import { type LoadedOpponent, loadOpponents, orDefault } from './opponent.js';
import { describeMatchEnd, describeSandboxEvent } from './sandbox-lines.js';
import { type Credentials, tomlOf, writeConfig } from './write-config.js';

const defaults = {
  configFile: 'chipzen.toml',
  /** A bot that leaves after a match is gone by then, and is not announced another one. */
  idleBeforeMatchMs: 1_000,
  minIdleMs: 50,
} as const;

export interface SandboxFlags {
  port: number;
  host: string;
  seed?: string;
  speed: number;
  legacy?: boolean;
  /** Chips of each player. */
  stack: number;
  blinds: Blinds;
  ante: number;
  /** Most hands of a match. */
  hands: number;
  /** House bots and bot files, one for each further seat. */
  opponent: string[];
  /** Remote bots that play each match together. */
  bots: number;
  /** Name of a profile, or a file. */
  chaos?: string;
  /** Where to write the `chipzen.toml` of the first bot. */
  writeConfig?: string | true;
  /** Matches to play; without it there is no end. */
  matches?: number;
  dashboard?: DashboardFlag;
}

/**
 * Serves until a signal comes or all matches are played.
 *
 * @param clock the time that platform and command live by. Default: the process's.
 * @returns the exit code: failed when a match did not end as it should.
 * @throws {OptionError} when the port is taken, for an opponent that does not exist, and for a file that is there.
 * @throws {BadBotError} for a bot file that makes no bot.
 * @throws {ConfigError} for a chaos that does not exist or cannot be used.
 */
export async function sandbox(flags: SandboxFlags, io: CliIo, clock = systemClock): Promise<number> {
  const opponents = await loadOpponents(
    flags.bots > 1 ? flags.opponent : orDefault(flags.opponent),
    io.clock,
  );
  const faults = createFaultLog((line) => printLine(io.stdout, line));
  const platform = await open(flags, clock, (event) => {
    if (event.type === 'chaos') faults.tell(event.event);
    const line = describeSandboxEvent(event);
    if (line !== null) printLine(line.startsWith('warning:') ? io.stderr : io.stdout, line);
  });
  const bots = Array.from({ length: flags.bots }, (_, index) =>
    platform.addBot({ name: flags.bots === 1 ? 'bot' : `bot-${index + 1}` }),
  );
  const session: Session = { platform, bots, opponents, flags, io, clock };
  const stop = new AbortController();
  const release = io.onSignal(() => stop.abort());
  const stopped = new Promise<null>((resolve) => stop.signal.addEventListener('abort', () => resolve(null)));
  const file = fileOf(flags);
  const repeat = replayOf(flags, platform.seed);
  let page: Dashboard | null = null;
  try {
    if (file !== null && bots[0] !== undefined) writeConfig(file, bots[0]);
    for (const line of introduction(session)) printLine(io.stdout, line);
    if (flags.dashboard !== undefined) {
      page = await openSandboxDashboard(platform, flags.dashboard, () => stop.abort());
      printLine(io.stdout, `Every table, face up, is at ${page.url}`);
    }
    const failed = await Promise.race([stopped, playMatches(session, repeat)]);
    return failed === null || failed === 0 ? exitCodes.done : exitCodes.failed;
  } finally {
    release();
    await platform.close();
    await page?.close();
    if (flags.chaos !== undefined) printLine(io.stdout, faults.summary());
    printLine(io.stdout, `Again: ${repeat}`);
  }
}

interface Session {
  platform: Sandbox;
  bots: readonly Credentials[];
  opponents: readonly LoadedOpponent[];
  flags: SandboxFlags;
  io: CliIo;
  clock: SandboxClock;
}

async function open(
  flags: SandboxFlags,
  clock: SandboxClock,
  onEvent: (event: SandboxEvent) => void,
): Promise<Sandbox> {
  const { port, host, seed, speed, legacy = false, stack, blinds, ante, hands, chaos } = flags;
  try {
    return await createSandbox({
      port,
      host,
      speed,
      legacy,
      startingStack: stack,
      smallBlind: blinds.small,
      bigBlind: blinds.big,
      blindSchedule: blinds.schedule,
      ante,
      maxHands: hands,
      clock,
      ...(seed !== undefined && { seed }),
      ...(chaos !== undefined && { chaos: loadChaos(chaos) }),
      onEvent,
    });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
      throw new OptionError('port', `Port ${port} is in use. Choose another one with --port.`);
    }
    throw error;
  }
}

function introduction({ platform, bots, opponents, flags }: Session): string[] {
  const { host } = flags;
  const file = fileOf(flags);
  const reach = isLoopbackName(host)
    ? 'which this machine alone can reach'
    : 'WHICH OTHER MACHINES CAN REACH, and everybody on the way can read the tokens';
  const where = file === null ? 'Save this as chipzen.toml where your bot starts' : `${file} has this now`;
  const names = [...bots.slice(1).map(() => 'each other'), ...opponents.map(({ name }) => name)];
  const against = [...new Set(names)].join(', ');
  return [
    `The sandbox is ready at ${platform.url}, ${reach}. ${where}; Ctrl-C ends the sandbox.`,
    ...bots.flatMap((bot) => ['', ...tomlOf(bot)]),
    '',
    `A match against ${against} begins whenever ${bots.length === 1 ? 'the bot is' : 'all bots are'} online and idle.`,
  ];
}

/** @returns how many matches did not end as they should. */
async function playMatches(session: Session, repeat: string): Promise<number> {
  const { platform, bots, opponents, flags, io } = session;
  const watched = watchBots(session);
  let failed = 0;
  try {
    for (let played = 1; played <= (flags.matches ?? Infinity); played += 1) {
      await watched.idle();
      const players = [...bots.map(({ botId }) => ({ botId })), ...opponents];
      const { matchId } = await platform.play({ players });
      const end = await platform.result(matchId);
      printLine(io.stdout, `match ${played}: ${describeMatchEnd(end)}`);
      if (end.reason === 'complete' && end.forfeit_seat === undefined && end.error_code === undefined)
        continue;
      failed += 1;
      printLine(io.stdout, `  to repeat it: ${repeat}`);
    }
    return failed;
  } finally {
    watched.unwatch();
  }
}

/** The same platform once more, up to what its bots do. */
function replayOf(flags: SandboxFlags, seed: string): string {
  const { speed, legacy, stack, blinds, ante, hands, opponent, bots, chaos } = flags;
  const command = Object.entries({
    port: flags.port,
    host: flags.host,
    speed,
    stack,
    blinds: blinds.text,
    ante,
    hands,
    bots,
  }).flatMap(([name, value]) => [`--${name}`, String(value)]);
  if (legacy === true) command.push('--legacy');
  command.unshift('sandbox');
  command.push(...opponent.flatMap((name) => ['--opponent', name]));
  return describeReplay(command, chaos ?? null, seed);
}

function fileOf({ writeConfig: file }: SandboxFlags): string | null {
  return file === true ? defaults.configFile : (file ?? null);
}

interface WatchedBots {
  /** Resolves when all bots have been online without a break for long enough from now on. */
  idle(): Promise<void>;
  unwatch(): void;
}

function watchBots({ platform, bots, flags, clock }: Session): WatchedBots {
  const idleMs = Math.max(defaults.minIdleMs, Math.round(defaults.idleBeforeMatchMs * flags.speed));
  const online = new Set<string>();
  let timer: unknown = null;
  let onIdle: (() => void) | null = null;

  function restart(): void {
    clock.clearTimeout(timer);
    if (online.size === bots.length && onIdle !== null) timer = clock.setTimeout(onIdle, idleMs);
  }

  const ignore = platform.on((event) => {
    if (event.type === 'lobby.online') online.add(event.botId);
    else if (event.type === 'lobby.offline') online.delete(event.botId);
    else return;
    restart();
  });

  return {
    idle: () =>
      new Promise((resolve) => {
        onIdle = () => {
          onIdle = null;
          resolve();
        };
        restart();
      }),
    unwatch() {
      ignore();
      clock.clearTimeout(timer);
    },
  };
}
