/** `chipzen-agent sandbox`: a local platform that deals matches to your bots for as long as it runs. */
import { describeReplay, loadChaos } from '../../chaos/chaos-file.js';
import type { Dashboard } from '../../dashboard/index.js';
import { OptionError, StateWriteError } from '../../protocol/errors.js';
import type { MatchEnd } from '../../protocol/frames.js';
import { isLoopback } from '../../protocol/loopback.js';
import { type PlatformRecorder, recordPlatform } from '../../sandbox/record-platform.js';
import { createSandbox, type Sandbox } from '../../sandbox/sandbox.js';
import type { SandboxEvent } from '../../sandbox/terms/sandbox-events.js';
import type { LimitsKind } from '../../sandbox/terms/sandbox-options.js';
import { systemClock, timesOf, type WorldClock } from '../../time/clock.js';
import { exitCodes } from '../surroundings/exit-codes.js';
import { watchStrays } from '../surroundings/stray-errors.js';
import { type CliIo, printLine, terminalOf } from '../surroundings/surroundings.js';
import { openBotPlaces } from './bot-places.js';
import { createFaultLog } from './chaos-lines.js';
import { argumentsAgain } from './command-again.js';
import { type CommandOutput, type OutputFlags, openCommandOutput } from './command-output.js';
import { type GameFlags, gameOptionsOf, opponentsOf, requireSeats } from './game-flags.js';
import { type LoadedOpponent, loadOpponents, namedApart, opponentsIn } from './opponent.js';
import { type RecordFlags, recordFolderOf, recordLimits } from './record-flags.js';
import { sandboxDefaults } from './sandbox-defaults.js';
import { createSandboxLines, describeMatchEnd } from './sandbox-lines.js';
import { startSeason } from './season-play.js';
import { type DashboardFlag, openSandboxDashboard } from './show-dashboard.js';
import { watchBots } from './watch-bots.js';
import { type Credentials, tomlOf, type WrittenConfig, writeConfig } from './write-config.js';

const defaults = {
  configFile: 'chipzen.toml',
  /** Lets the players of the last match receive its end. */
  drainMs: 2_000,
} as const;

export interface SandboxFlags extends GameFlags, OutputFlags, Omit<RecordFlags, 'label'> {
  port: number;
  host: string;
  seed?: string;
  speed: number;
  legacy?: boolean;
  ante: number;
  /** House bots and bot files, one for each further seat. */
  opponent: string[];
  /** Remote bots that play each match together. */
  bots: number;
  /** The name of a profile, or a file. */
  chaos?: string;
  /** The file of the platform's state, from which it continues after it was killed. */
  state?: string;
  /** Goes on with the good part of a damaged state file. */
  repairState?: boolean;
  /** Where to write the `chipzen.toml` of the first bot. */
  writeConfig?: string | true;
  /** Matches to play; without it there is no end. */
  matches?: number;
  /** The file of a list of fixtures. */
  season?: string;
  limits?: LimitsKind;
  dashboard?: DashboardFlag;
}

/**
 * Serves until a signal comes or all matches are played.
 *
 * @param clock of the platform and the command. Default: the process's.
 * @returns the exit code: failed when a match did not end as it should.
 * @throws {OptionError} when the port or the host is not available, for an opponent that does not exist or is one too
 * many, for a file that exists already, and for a state file that is in use or damaged.
 * @throws {StateWriteError} when the state file cannot take the bots.
 * @throws {BadBotError} for a bot file that makes no bot.
 * @throws {ConfigError} for a chaos that does not exist or cannot be used.
 */
export async function sandbox(flags: SandboxFlags, io: CliIo, clock = systemClock): Promise<number> {
  const { opponent, format, bots, season } = flags;
  const names = bots > 1 || season !== undefined ? opponent : opponentsOf(opponent, format, bots);
  requireSeats(flags.bots + names.length, '--bots');
  const strays = watchStrays(true, terminalOf(io));
  const places = openBotPlaces(io);
  try {
    const loaded = await loadOpponents(names, opponentsIn(places, io, clock));
    return await serve(flags, namedApart(loaded, botNames(flags.bots)), io, clock);
  } finally {
    await places.close();
    strays.release();
  }
}

async function serve(
  flags: SandboxFlags,
  opponents: readonly LoadedOpponent[],
  io: CliIo,
  clock: WorldClock,
): Promise<number> {
  const output = openCommandOutput(flags, terminalOf(io));
  const faults = createFaultLog((line, event) => output.tell({ type: 'chaos', event }, line));
  const lineOf = createSandboxLines();
  const recorder = recorderOf(flags, io, clock);
  const platform = await open(flags, opponents, clock, (event) => {
    recorder?.onEvent(event);
    if (event.type === 'chaos') faults.log(event.event);
    else output.tell(event, lineOf(event));
  });
  const report = (what: string, end: MatchEnd): boolean => {
    const good = end.reason === 'complete' && end.forfeit_seat === undefined && end.error_code === undefined;
    output.tell({ type: 'sandbox.played', what, good, end }, `${what}: ${describeMatchEnd(end)}`);
    return good;
  };
  const stop = new AbortController();
  const release = io.onSignal(() => stop.abort());
  const stopped = new Promise<null>((resolve) => stop.signal.addEventListener('abort', () => resolve(null)));
  const file = fileOf(flags);
  const repeat = replayOf(flags, platform.seed);
  let written: WrittenConfig | null = null;
  let page: Dashboard | null = null;
  try {
    const bots = botsOf(platform, flags.bots);
    const session: Session = { platform, bots, opponents, flags, output, clock, report };
    const season = flags.season === undefined ? null : startSeason(platform, flags.season, report);
    if (file !== null && bots[0] !== undefined) written = await writeConfig(file, bots[0]);
    output.tellSecret(readyEvent(session), introduction(session, season?.line));
    if (flags.dashboard !== undefined) {
      page = await openSandboxDashboard(platform, flags.dashboard, () => stop.abort());
      output.tell({ type: 'sandbox.dashboard', url: page.url }, `Every table, face up, is at ${page.url}`);
    }
    const failed = await Promise.race([stopped, season?.played() ?? playMatches(session, repeat)]);
    // The players of the last match should receive its end.
    if (failed !== null) await platform.close({ drainMs: defaults.drainMs });
    output.tell({ type: 'sandbox.ended', failed, faults: faults.counts(), again: repeat }, [
      ...(flags.chaos === undefined ? [] : [faults.summary()]),
      `Again: ${repeat}`,
    ]);
    return failed === null || failed === 0 ? exitCodes.done : exitCodes.failed;
  } finally {
    release();
    written?.remove();
    await platform.close();
    await recorder?.close();
    await page?.close();
  }
}

function recorderOf(flags: SandboxFlags, io: CliIo, clock: WorldClock): PlatformRecorder | null {
  const folder = recordFolderOf(flags);
  if (folder === undefined) return null;
  return recordPlatform({
    folder,
    limits: recordLimits(flags),
    clock,
    ...timesOf({ now: () => clock.now(), wallNow: () => clock.wallNow?.() ?? clock.now() }),
    onTrouble: (message) => printLine(io.stderr, `warning: ${message}`),
  });
}

const botNames = (count: number): string[] =>
  count === 1 ? ['bot'] : Array.from({ length: count }, (_, index) => `bot-${index + 1}`);

/** Those that the platform remembers, and as many new ones as are missing. */
function botsOf(platform: Sandbox, count: number): Credentials[] {
  const known = platform.bots();
  return botNames(count).map((name, index) => known[index] ?? platform.addBot({ name }));
}

interface Session {
  platform: Sandbox;
  bots: readonly Credentials[];
  opponents: readonly LoadedOpponent[];
  flags: SandboxFlags;
  output: CommandOutput;
  clock: WorldClock;
  /** Tells how a match ended; false when it did not end as it should. */
  report: (what: string, end: MatchEnd) => boolean;
}

async function open(
  flags: SandboxFlags,
  guests: readonly LoadedOpponent[],
  clock: WorldClock,
  onEvent: (event: SandboxEvent) => void,
): Promise<Sandbox> {
  const { port, host, seed, speed, legacy = false, ante, chaos } = flags;
  try {
    return await createSandbox({
      port,
      host,
      speed,
      legacy,
      ...gameOptionsOf(flags),
      ante,
      clock,
      limits: flags.limits ?? (flags.season === undefined ? 'none' : 'platform'),
      ...(seed !== undefined && { seed }),
      ...(chaos !== undefined && { chaos: loadChaos(chaos) }),
      ...(flags.state !== undefined && { state: flags.state, guests }),
      ...(flags.repairState === true && { repairState: true }),
      onEvent,
    });
  } catch (error) {
    throw refusalOf(error, flags) ?? error;
  }
}

/** The system's error for a port that cannot be opened, in terms of the flags; null for any other error. */
function refusalOf(error: unknown, { port, host }: SandboxFlags): OptionError | null {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  switch (code) {
    case 'EADDRINUSE':
      return new OptionError('port', `Port ${port} is in use. Choose another one with --port.`);
    case 'EACCES':
      return new OptionError(
        'port',
        `Port ${port} needs more rights than you have. Choose another one with --port.`,
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new OptionError('host', `This machine has no address ${host}. Choose another one with --host.`);
    default:
      return null;
  }
}

const readyEvent = ({ platform, bots, opponents, flags }: Session) => ({
  type: 'sandbox.ready',
  url: platform.url,
  seed: platform.seed,
  bots: bots.map(({ botId, token, lobbyUrl }) => ({ botId, token, lobbyUrl })),
  opponents: opponents.map(({ name }) => name),
  config: fileOf(flags),
});

/** @param what the platform plays. Default: matches of these bots. */
function introduction({ platform, bots, opponents, flags }: Session, what?: string): string[] {
  const host = new URL(platform.url).hostname.replace(/^\[|\]$/g, '');
  const file = fileOf(flags);
  const reach = isLoopback(host)
    ? 'which this machine alone can reach'
    : 'WHICH OTHER MACHINES CAN REACH, and everybody on the way can read the tokens';
  const where = file === null ? 'Save this as chipzen.toml where your bot starts' : `${file} has this now`;
  const names = [...bots.slice(1).map(() => 'each other'), ...opponents.map(({ name }) => name)];
  const against = [...new Set(names)].join(', ');
  return [
    `The sandbox is ready at ${platform.url}, ${reach}. ${where}; Ctrl-C ends the sandbox.`,
    ...bots.flatMap((bot) => ['', ...tomlOf(bot)]),
    '',
    what ??
      `A match against ${against} begins whenever ${bots.length === 1 ? 'the bot is' : 'all bots are'} online and idle.`,
  ];
}

/** @returns how many matches did not end as they should. */
async function playMatches(session: Session, repeat: string): Promise<number> {
  const { platform, bots, opponents, flags, output, report } = session;
  const watched = watchBots(platform, bots.length, flags.speed, session.clock);
  let failed = 0;
  try {
    const live = platform.matches().filter(({ state }) => state !== 'ended');
    for (let played = 1; played <= (flags.matches ?? Infinity); played += 1) {
      const matchId = live.shift()?.matchId ?? (await playNext());
      const end = await platform.result(matchId);
      if (report(`match ${played}`, end)) continue;
      failed += 1;
      output.tell({ type: 'sandbox.repeat', again: repeat }, `  to repeat it: ${repeat}`);
    }
    return failed;
  } finally {
    watched.unwatch();
  }

  async function playNext(): Promise<string> {
    const players = [...bots.map(({ botId }) => ({ botId })), ...opponents];
    for (;;) {
      await watched.idle();
      try {
        return (await platform.play({ players })).matchId;
      } catch (error) {
        // The user is told already, and may make room.
        if (!(error instanceof StateWriteError)) throw error;
      }
    }
  }
}

/** The command for the same platform; the users' bots may play differently. */
function replayOf(flags: SandboxFlags, seed: string): string {
  const { chaos = null, seed: _given, ...others } = flags;
  // What `--repair-state` took out of the file is gone.
  const command = argumentsAgain({ ...others, repairState: undefined }, sandboxDefaults);
  return describeReplay(['sandbox', ...command], chaos, seed);
}

function fileOf({ writeConfig: file }: SandboxFlags): string | null {
  return file === true ? defaults.configFile : (file ?? null);
}
