/** `chipzen-agent demo`: a whole match on this machine, over the same sockets as a real one. */
import { randomBytes } from 'node:crypto';
import { createAgent } from '../../agent/agent.js';
import type { BotSource } from '../../bot/bot.js';
import { count, describeEvent, describeHand, describeResult, signed } from '../../io/reports/describe.js';
import { OptionError } from '../../protocol/errors.js';
import type { SeatResult } from '../../protocol/frames.js';
import { printable } from '../../protocol/redact.js';
import type { MatchResult } from '../../protocol/results.js';
import { createSandbox, type Sandbox } from '../../sandbox/sandbox.js';
import { exitCodes } from '../surroundings/exit-codes.js';
import { type CliIo, printLine, type Terminal } from '../surroundings/surroundings.js';
import { type GameFlags, gameOptionsOf, opponentsOf, requireSeats } from './game-flags.js';
import { botStepsHere, loadHere } from './loading.js';
import { type LoadedOpponent, loadOpponents, namedApart } from './opponent.js';
import { printedTable } from './printed-table.js';
import { createSessionSummary, type SessionSummary } from './session-summary.js';

const defaults = { seedBytes: 4, maxNameLength: 24 } as const;

const player = 'you';

export interface DemoFlags extends GameFlags {
  seed?: string;
  /** House bots and bot files. */
  opponent: string[];
  /** A bot file in place of the sample bot. */
  bot?: string;
  /** Of the bots that this file exports. */
  botClass?: string;
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
  const bot = await botOf(flags, io);
  const opponents = namedApart(await loadOpponents(names, io.clock, botStepsHere(io)), [player]);
  const platform = await createSandbox({ port: 0, speed: 0, seed, ...gameOptionsOf(flags) });
  printLine(
    io.stdout,
    `sandbox at ${platform.url}, against ${opponents.map(({ name }) => name).join(', ')}, seed ${seed}`,
  );
  try {
    const summary = createSessionSummary();
    const code = conclude(await playMatch(platform, bot, { opponents, summary, io }), io);
    for (const line of summary.errors(io.redact)) printLine(io.stdout, line);
    return code === exitCodes.done && summary.failedAtEveryTurn ? exitCodes.bot : code;
  } finally {
    await platform.close();
  }
}

interface Parts {
  opponents: readonly LoadedOpponent[];
  summary: SessionSummary;
  io: CliIo;
}

async function playMatch(
  platform: Sandbox,
  bot: BotSource,
  { opponents, summary, io }: Parts,
): Promise<MatchResult | undefined> {
  const { botId, token, lobbyUrl } = platform.addBot({ name: player });
  const agent = createAgent(bot, { url: lobbyUrl, token, config: null, maxMatches: 1 }, { env: {} });
  agent.on(summary.onEvent);
  agent.on((event) => {
    // With one match the lines need not name it.
    const line = event.type === 'hand.ended' ? describeHand(event) : describeEvent(event);
    if (line !== null) printLine(io.stdout, line);
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

async function botOf({ bot: file, botClass }: DemoFlags, io: CliIo): Promise<BotSource> {
  if (file !== undefined) return loadHere({ file, botClass }, io);
  if (botClass !== undefined) throw new OptionError('bot class', 'Name the file of that bot with --bot.');
  return (await import('./sample-bot.js')).SampleBot;
}

function conclude(result: MatchResult | undefined, io: CliIo): number {
  if (!result?.end) {
    printLine(
      io.stdout,
      result === undefined ? 'No match was played.' : `The match was ${describeResult(result)}`,
    );
    return exitCodes.failed;
  }
  for (const line of [
    '',
    ...tableOf(result.end.results ?? [], io.screen?.size().columns),
    '',
    ...summaryOf(result),
  ])
    printLine(io.stdout, line);
  return exitCodes.done;
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

function summaryOf({ netChips, hands, turns, fallbacks, latencyMs }: MatchResult): string[] {
  const chips = netChips ?? 0;
  const verb = chips > 0 ? `won ${chips}` : chips < 0 ? `lost ${-chips}` : 'broke even, 0';
  const { p50, p95, max } = latencyMs;
  const helped = fallbacks === 0 ? '' : `, ${fallbacks} of them answered by the agent`;
  return [
    `You ${verb} chips in ${count(hands, 'hand')}.`,
    `${count(turns, 'decision')}${helped}; latency p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, max ${max.toFixed(1)} ms`,
  ];
}
