/** `chipzen-agent dev`: a local platform, opponents and the agent in one, match after match. */
import { matchFormats } from '../../holdem/match-formats.js';
import { houseBotNames } from '../../house/house-bot-names.js';
import { count, signed } from '../../io/reports/describe.js';
import type { Isolation } from '../../io/settings/isolation.js';
import type { MatchEnd } from '../../protocol/frames.js';
import { createSandbox, type Sandbox } from '../../sandbox/sandbox.js';
import { systemClock } from '../../time/clock.js';
import { type CliIo, printLine, type Terminal } from '../surroundings/surroundings.js';
import { type BotPlaces, openBotPlaces } from './bot-places.js';
import { type OutputFlags, openCommandOutput } from './command-output.js';
import { type GameFlags, gameOptionsOf, requireSeats } from './game-flags.js';
import { type InspectFlags, inspectFlagsOf } from './inspect-flags.js';
import type { LogFlags } from './log-flags.js';
import { type LoadedOpponent, loadOpponents, opponentsIn } from './opponent.js';
import { run } from './run-command.js';
import { createSandboxLines } from './sandbox-lines.js';
import type { DashboardFlag } from './show-dashboard.js';
import { watchBots } from './watch-bots.js';

const defaults = { format: 'season', player: 'you', natsName: 'bot' } as const;

export interface DevFlags extends GameFlags, InspectFlags, LogFlags, OutputFlags {
  seed?: string;
  /** House bots and bot files that sit at every table; none: each house bot in turn. */
  opponent: string[];
  matches?: number;
  speed: number;
  dashboard?: DashboardFlag | false;
  isolate: Isolation;
  /** Plays what was saved from the next match on. */
  watch: boolean;
  /** The export of the file. */
  botClass?: string;
  /** MB. */
  workerMemory?: number;
}

/**
 * Plays until Ctrl-C, or until so many matches are over.
 *
 * @returns the exit code, as of `run`.
 * @throws {OptionError} for an opponent that does not exist or is one too many.
 * @throws {BadBotError} for a bot file that makes no bot.
 */
export async function dev(file: string, flags: DevFlags, io: Terminal): Promise<number> {
  requireSeats(1 + flags.opponent.length, 'your bot');
  const places = openBotPlaces(io);
  try {
    return await devWith(file, flags, io, places);
  } finally {
    await places.close();
  }
}

async function devWith(file: string, flags: DevFlags, io: Terminal, places: BotPlaces): Promise<number> {
  const loaded = await loadOpponents(
    flags.opponent.length > 0 ? flags.opponent : houseBotNames,
    opponentsIn(places, io),
  );
  const tables = flags.opponent.length > 0 ? [loaded] : loaded.map((opponent) => [opponent]);
  const platform = await openPlatform(flags, io);
  const totals = createTotals();
  const output = openCommandOutput(flags, io);
  try {
    const { botId, token, lobbyUrl } = platform.addBot({ name: defaults.player });
    output.tell({ type: 'dev.platform', url: platform.url, seed: platform.seed }, [
      `The local platform is at ${platform.url}, seed ${platform.seed}. Ctrl-C ends it.`,
    ]);
    // Ends when the platform is closed.
    void deal(platform, { botId, tables, flags, totals }).catch(() => undefined);
    return await run(file, runFlagsOf(flags, lobbyUrl), { ...io, env: ownEnvironment(io.env, token) });
  } finally {
    await platform.close();
    output.tell({ type: 'dev.totals', totals: totals.list() }, totals.lines());
  }
}

function openPlatform(flags: DevFlags, io: CliIo): Promise<Sandbox> {
  const { seed, speed, format = defaults.format, clock } = flags;
  const lineOf = createSandboxLines();
  const clockMs = clock === undefined ? matchFormats[format].decisionTimeoutMs : clock * 1_000;
  return createSandbox({
    ...gameOptionsOf(flags),
    port: 0,
    speed,
    // A bot thinks as long as it does, however fast the table is.
    decisionTimeoutMs: Math.ceil(clockMs / (speed || 1)),
    ...(seed !== undefined && { seed }),
    onEvent(event) {
      const line = lineOf(event);
      if (line?.startsWith('warning:')) printLine(io.stderr, line);
    },
  });
}

const runFlagsOf = (flags: DevFlags, url: string) => ({
  url,
  config: null,
  safeMode: true,
  isolate: flags.isolate,
  natsName: defaults.natsName,
  needsDecide: true,
  ...(flags.logSize !== undefined && { logSize: flags.logSize }),
  ...(flags.logKeep !== undefined && { logKeep: flags.logKeep }),
  ...(flags.logLevel !== undefined && { logLevel: flags.logLevel }),
  ...(flags.logFile !== undefined && { logFile: flags.logFile }),
  // Without isolation the code is in this process, and cannot be replaced.
  ...(flags.watch && flags.isolate !== 'none' && { watch: true }),
  // Nothing is lost with a match of play money.
  drainGrace: 0,
  handover: false,
  ...(flags.matches !== undefined && { maxMatches: flags.matches }),
  ...(flags.botClass !== undefined && { botClass: flags.botClass }),
  ...(flags.workerMemory !== undefined && { workerMemory: flags.workerMemory }),
  ...(flags.json === true && { json: true }),
  ...inspectFlagsOf(flags),
  ...(flags.dashboard !== false && { dashboard: flags.dashboard ?? true }),
});

/** The environment without what leads to the real platform. */
function ownEnvironment(env: NodeJS.ProcessEnv, token: string): NodeJS.ProcessEnv {
  const { CHIPZEN_BOT_ID: _id, CHIPZEN_ENV: _env, CHIPZEN_LOBBY_URL: _url, ...rest } = env;
  return { ...rest, CHIPZEN_EXTBOT_TOKEN: token };
}

interface Dealing {
  botId: string;
  /** Who sits where the bot does, match by match and from the beginning again. */
  tables: readonly (readonly LoadedOpponent[])[];
  flags: DevFlags;
  totals: Totals;
}

/** Rejects when the platform is closed. */
async function deal(platform: Sandbox, { botId, tables, flags, totals }: Dealing): Promise<void> {
  const watched = watchBots(platform, 1, flags.speed, systemClock);
  try {
    for (let match = 0; match < (flags.matches ?? Infinity); match += 1) {
      const opponents = tables[match % tables.length] ?? [];
      await watched.idle();
      const { matchId } = await platform.play({ players: [{ botId }, ...opponents] });
      totals.add(opponents.map(({ name }) => name).join(', '), await platform.result(matchId));
    }
  } finally {
    watched.unwatch();
  }
}

interface Total {
  opponents: string;
  matches: number;
  hands: number;
  netChips: number;
}

interface Totals {
  add(opponents: string, end: MatchEnd): void;
  list(): Total[];
  lines(): string[];
}

/** What the matches came to, by opponent. */
function createTotals(): Totals {
  const totals = new Map<string, Total>();
  return {
    add(opponents, { results = [], total_hands_played: hands = 0 }) {
      const total = totals.get(opponents) ?? { opponents, matches: 0, hands: 0, netChips: 0 };
      total.matches += 1;
      total.hands += hands;
      total.netChips += results.find(({ seat }) => seat === 0)?.net_chips ?? 0;
      totals.set(opponents, total);
    },
    list: () => [...totals.values()],
    lines: () =>
      [...totals.values()].map(
        ({ opponents, matches, hands, netChips }) =>
          `against ${opponents}: ${signed(netChips)} chips in ${count(matches, 'match')}, ${count(hands, 'hand')}`,
      ),
  };
}
