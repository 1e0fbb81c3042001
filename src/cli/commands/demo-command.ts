/** `chipzen-agent demo`: a whole match on this machine, over the same sockets as a real one. */
import { randomBytes } from 'node:crypto';
import { createAgent } from '../../agent/agent.js';
import type { BotSource } from '../../bot/bot.js';
import type { BotModule } from '../../io/hosting/bot-module.js';
import type { BotPool } from '../../io/hosting/pool/bot-pool.js';
import { count, describeEvent, describeHand, describeResult, signed } from '../../io/reports/describe.js';
import type { Isolation } from '../../io/settings/isolation.js';
import { OptionError } from '../../protocol/errors.js';
import type { TimedAgentEvent } from '../../protocol/events.js';
import type { SeatResult } from '../../protocol/frames.js';
import { printable } from '../../protocol/redact.js';
import type { MatchResult } from '../../protocol/results.js';
import { createSandbox, type Sandbox } from '../../sandbox/sandbox.js';
import { exitCodes } from '../surroundings/exit-codes.js';
import { type CliIo, printLine, type Terminal } from '../surroundings/surroundings.js';
import { createBiggestPot } from './biggest-pot.js';
import { type BotPlaces, noWatchFlag, openBotPlaces } from './bot-places.js';
import { type CommandOutput, type OutputFlags, openCommandOutput } from './command-output.js';
import { type GameFlags, gameOptionsOf, opponentsOf, requireSeats } from './game-flags.js';
import { loadHere, moduleOf, tryHere } from './loading.js';
import { type LoadedOpponent, loadOpponents, namedApart, opponentsIn } from './opponent.js';
import { printedTable } from './printed-table.js';
import { createSandboxLines } from './sandbox-lines.js';
import { createSessionSummary, type SessionSummary } from './session-summary.js';

const defaults = { seedBytes: 4, maxNameLength: 24 } as const;

const playerName = 'you';

export interface DemoFlags extends GameFlags, OutputFlags {
  seed?: string;
  /** House bots and bot files. */
  opponent: string[];
  /** A bot file in place of the sample bot. */
  bot?: string;
  /** Of the bots that this file exports. */
  botClass?: string;
  /** Where bots of files play. */
  isolate: Isolation;
}

/**
 * Plays the match and shows it.
 *
 * @returns the exit code.
 * @throws {OptionError} for an opponent that does not exist or is one too many.
 * @throws whatever ends the session badly.
 */
export async function demo(flags: DemoFlags, io: Terminal): Promise<number> {
  const seed = flags.seed ?? randomBytes(defaults.seedBytes).toString('hex');
  const names = opponentsOf(flags.opponent, flags.format, 1);
  requireSeats(1 + names.length, 'your bot');
  const { isolate } = flags;
  const places = openBotPlaces(io, isolate === 'none' ? {} : { isolate });
  try {
    const player = await playerOf(flags, places, io);
    const open = isolate === 'none' ? undefined : opponentsIn(places, io);
    const opponents = namedApart(await loadOpponents(names, open), [playerName]);
    return await playWith(player, opponents, { flags, seed, io, output: openCommandOutput(flags, io) });
  } finally {
    await places.close();
  }
}

interface Demo {
  flags: DemoFlags;
  seed: string;
  io: Terminal;
  output: CommandOutput;
}

async function playWith(
  player: Player,
  opponents: readonly LoadedOpponent[],
  { flags, seed, io, output }: Demo,
): Promise<number> {
  const sandboxLineOf = createSandboxLines();
  const pot = createBiggestPot();
  let seated: readonly string[] = [];
  const platform = await createSandbox({
    port: 0,
    speed: 0,
    seed,
    ...gameOptionsOf(flags),
    onEvent(event) {
      const line = sandboxLineOf(event);
      if (line?.startsWith('warning:')) printLine(io.stderr, line);
      if (event.type === 'match.created') seated = event.players;
      else if (event.type === 'table.changed') pot.onFact(event.event);
    },
  });
  const names = opponents.map(({ name }) => name);
  output.tell(
    { type: 'demo.platform', url: platform.url, seed, opponents: names },
    `sandbox at ${platform.url}, against ${names.join(', ')}, seed ${seed}`,
  );
  try {
    const summary = createSessionSummary();
    const result = await playMatch(platform, player, { opponents, summary, io, output });
    const biggest = pot.hand();
    output.tell({ type: 'demo.ended', result: result ?? null, players: seated, biggestPot: biggest }, [
      ...conclusion(result, pot.lines(seated, io.screen?.size().columns), io),
      ...summary.errors(io.redact),
    ]);
    const code = result?.end ? exitCodes.done : exitCodes.failed;
    return code === exitCodes.done && summary.failedAtEveryTurn ? exitCodes.bot : code;
  } finally {
    await platform.close();
  }
}

interface Parts {
  opponents: readonly LoadedOpponent[];
  summary: SessionSummary;
  io: Terminal;
  output: CommandOutput;
}

async function playMatch(
  platform: Sandbox,
  { bot, threads }: Player,
  { opponents, summary, io, output }: Parts,
): Promise<MatchResult | undefined> {
  const { botId, token, lobbyUrl } = platform.addBot({ name: playerName });
  const agent = createAgent(bot, { url: lobbyUrl, token, config: null, maxMatches: 1 }, { env: {}, threads });
  agent.on(summary.onEvent);
  agent.on((event) => {
    output.tell(event, lineOf(event));
  });
  const release = io.onSignal(() => void agent.stop({ graceMs: 0 }));
  try {
    const session = agent.start();
    // A session that ends before its match began leaves the dispatch waiting.
    const dispatched = platform.dispatch(botId, { opponents }).then(() => session);
    const [result] = await Promise.race([session, dispatched]);
    return result;
  } finally {
    release();
    await agent.stop({ graceMs: 0 });
  }
}

/** Without the id of the match, as there is only one, and without what another command could do. */
function lineOf(event: TimedAgentEvent): string | null {
  if (event.type === 'hand.ended') return describeHand(event);
  return describeEvent(event.type === 'code.changed' ? { ...event, message: noWatchFlag } : event);
}

/** Who plays, and in which threads or processes if it is a file. */
interface Player {
  bot: BotSource | BotModule;
  threads: BotPool | undefined;
}

async function playerOf(
  { bot: file, botClass, isolate }: DemoFlags,
  places: BotPlaces,
  io: CliIo,
): Promise<Player> {
  if (file !== undefined && isolate === 'none') {
    const source = await loadHere({ file, botClass }, io);
    await tryHere({ file, source, needsDecide: true }, io);
    return { bot: source, threads: undefined };
  }
  if (file !== undefined) {
    const bot = moduleOf({ file, botClass });
    return { bot, threads: await places.open(bot, { needsDecide: true }) };
  }
  if (botClass !== undefined) throw new OptionError('bot class', 'Name the file of that bot with --bot.');
  return { bot: (await import('./sample-bot.js')).SampleBot, threads: undefined };
}

function conclusion(result: MatchResult | undefined, story: readonly string[], io: CliIo): string[] {
  if (result === undefined) return ['No match was played.'];
  if (!result.end) return [`The match was ${describeResult(result)}`];
  return [
    ...(story.length === 0 ? [] : ['', ...story]),
    '',
    ...tableOf(result.end.results ?? [], io.screen?.size().columns),
    '',
    ...summaryOf(result),
  ];
}

function tableOf(seats: readonly SeatResult[], room?: number): string[] {
  const column = (heading: string, short: string, textOf: (seat: SeatResult) => string) => ({
    heading,
    short,
    cells: seats.map(textOf),
  });
  return printedTable(
    column('player', 'player', ({ name = '?' }) => printable(name, defaults.maxNameLength)),
    [
      column('net chips', 'net', ({ net_chips: net = 0 }) => signed(net)),
      column('hands won', 'won', ({ hands_won: won }) => String(won ?? '?')),
      column('final stack', 'stack', ({ final_stack: stack }) => String(stack ?? '?')),
    ],
    room,
  );
}

function summaryOf({ netChips, hands, turns, fallbacks, corrections, latencyMs }: MatchResult): string[] {
  const chips = netChips ?? 0;
  const verb = chips > 0 ? `won ${chips}` : chips < 0 ? `lost ${-chips}` : 'broke even, 0';
  const { p50, p95, max } = latencyMs;
  const helped = fallbacks === 0 ? '' : `, ${fallbacks} of them answered by the agent`;
  const corrected = corrections === 0 ? '' : `, ${count(corrections, 'answer')} made legal`;
  return [
    `You ${verb} chips in ${count(hands, 'hand')}.`,
    `${count(turns, 'decision')}${helped}${corrected}; latency p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, max ${max.toFixed(1)} ms`,
  ];
}
