/** `chipzen-agent sandbox`: a local platform that deals matches to one bot for as long as it runs. */
import { OptionError } from '../protocol/errors.js';
import type { MatchEnd } from '../protocol/frames.js';
import { printable } from '../protocol/redact.js';
import { createSandbox, type Sandbox } from '../sandbox/server.js';
import { type SandboxClock, systemClock } from '../sandbox/timers.js';
import type { Blinds } from './arguments.js';
import { exitCodes } from './exit-codes.js';
import { type CliIo, printLine } from './io.js';
import { count, signed } from './progress.js';

const defaults = {
  maxLineLength: 160,
  /** A bot that leaves after a match is gone by then, and is not announced another one. */
  idleBeforeMatchMs: 1_000,
} as const;

export interface SandboxFlags {
  port: number;
  seed?: string;
  /** Chips of each player. */
  stack: number;
  blinds: Blinds;
  /** Most hands of a match. */
  hands: number;
  opponent: string;
  /** Matches to play; without it there is no end. */
  matches?: number;
}

/**
 * Serves until a signal comes or all matches are played.
 *
 * @param clock the time that platform and command live by. Default: the process's.
 * @returns the exit code.
 * @throws {OptionError} when the port is taken.
 */
export async function sandbox(flags: SandboxFlags, io: CliIo, clock = systemClock): Promise<number> {
  const platform = await open(flags, clock);
  const { botId, token, lobbyUrl } = platform.addBot({ name: 'bot' });
  const bot = watchBot(platform, botId, clock);
  const stop = new AbortController();
  const release = io.onSignal(() => stop.abort());
  const stopped = new Promise((resolve) => stop.signal.addEventListener('abort', resolve));
  try {
    for (const line of introduction(platform.url, token, lobbyUrl, flags.opponent))
      printLine(io.stdout, line);
    await Promise.race([stopped, playMatches(platform, bot, flags, io)]);
    return exitCodes.done;
  } finally {
    release();
    bot.unwatch();
    await platform.close();
  }
}

async function open(
  { port, seed, stack, blinds, hands }: SandboxFlags,
  clock: SandboxClock,
): Promise<Sandbox> {
  try {
    return await createSandbox({
      port,
      startingStack: stack,
      smallBlind: blinds.small,
      bigBlind: blinds.big,
      maxHands: hands,
      clock,
      ...(seed !== undefined && { seed }),
    });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
      throw new OptionError('port', `Port ${port} is in use. Choose another one with --port.`);
    }
    throw error;
  }
}

function introduction(url: string, token: string, lobbyUrl: string, opponent: string): string[] {
  return [
    `The sandbox is ready at ${url}. Save this as chipzen.toml where your bot starts; Ctrl-C ends the sandbox.`,
    '',
    '# Play money: this token is good for this sandbox only, and only until it ends.',
    '[external_api]',
    `token = "${token}"`,
    `url = "${lobbyUrl}"`,
    '',
    `A match against ${opponent} begins whenever the bot is online and idle.`,
  ];
}

async function playMatches(
  platform: Sandbox,
  bot: WatchedBot,
  { opponent, matches = Infinity }: SandboxFlags,
  io: CliIo,
): Promise<void> {
  for (let played = 1; played <= matches; played += 1) {
    await bot.idle();
    const { matchId } = await platform.dispatch(bot.botId, { opponent });
    printLine(io.stdout, `match ${played}: ${describeEnd(await platform.result(matchId))}`);
  }
}

interface WatchedBot {
  readonly botId: string;
  /** Resolves when the bot has been online without a break for long enough from now on. */
  idle(): Promise<void>;
  unwatch(): void;
}

function watchBot(platform: Sandbox, botId: string, clock: SandboxClock): WatchedBot {
  let isOnline = false;
  let timer: unknown = null;
  let onIdle: (() => void) | null = null;

  function restart(): void {
    clock.clearTimeout(timer);
    if (isOnline && onIdle !== null) timer = clock.setTimeout(onIdle, defaults.idleBeforeMatchMs);
  }

  const ignore = platform.on((event) => {
    if (event.type !== 'lobby.online' && event.type !== 'lobby.offline') return;
    isOnline = event.type === 'lobby.online';
    restart();
  });

  return {
    botId,
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

/** `complete, 2 hands, bot +5, random -5`, or who lost it without playing to the end. */
function describeEnd(end: MatchEnd): string {
  const { results = [], total_hands_played: hands = 0 } = end;
  const players = results.map(({ name = '?', net_chips: chips = 0 }) => `${name} ${signed(chips)}`);
  return printable([outcomeOf(end), count(hands, 'hand'), ...players].join(', '), defaults.maxLineLength);
}

function outcomeOf({
  reason = 'ended',
  results = [],
  forfeit_seat: seat,
  forfeit_reason: why,
}: MatchEnd): string {
  if (seat === undefined) return reason;
  const name = results.find((result) => result.seat === seat)?.name ?? `seat ${seat}`;
  return `forfeited by ${name}${typeof why === 'string' ? ` (${why})` : ''}`;
}
