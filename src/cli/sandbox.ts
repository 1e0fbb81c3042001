/** `chipzen-agent sandbox`: a local platform that deals matches to one bot for as long as it runs. */
import { OptionError } from '../protocol/errors.js';
import type { MatchEnd } from '../protocol/frames.js';
import { printable } from '../protocol/redact.js';
import { createSandbox, type Sandbox } from '../sandbox/server.js';
import type { Blinds } from './arguments.js';
import { exitCodes } from './exit-codes.js';
import { type CliIo, printLine } from './io.js';
import { count, signed } from './progress.js';

const maxLineLength = 160;

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
 * @returns the exit code.
 * @throws {OptionError} when the port is taken.
 */
export async function sandbox(flags: SandboxFlags, io: CliIo): Promise<number> {
  const platform = await open(flags);
  const stop = new AbortController();
  const release = io.onSignal(() => stop.abort());
  const stopped = new Promise((resolve) => stop.signal.addEventListener('abort', resolve));
  try {
    await Promise.race([stopped, playMatches(platform, flags, io)]);
    return exitCodes.done;
  } finally {
    release();
    await platform.close();
  }
}

async function open({ port, seed, stack, blinds, hands }: SandboxFlags): Promise<Sandbox> {
  try {
    return await createSandbox({
      port,
      startingStack: stack,
      smallBlind: blinds.small,
      bigBlind: blinds.big,
      maxHands: hands,
      ...(seed !== undefined && { seed }),
    });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
      throw new OptionError('port', `Port ${port} is in use. Choose another one with --port.`);
    }
    throw error;
  }
}

async function playMatches(
  platform: Sandbox,
  { opponent, matches = Infinity }: SandboxFlags,
  io: CliIo,
): Promise<void> {
  const { botId, token, lobbyUrl } = platform.addBot({ name: 'bot' });
  const intro = [
    `The sandbox is ready at ${platform.url}. Save this as chipzen.toml where your bot starts; Ctrl-C ends the sandbox.`,
    '',
    '# Play money: this token is good for this sandbox only, and only until it ends.',
    '[external_api]',
    `token = "${token}"`,
    `url = "${lobbyUrl}"`,
    '',
    `A match against ${opponent} begins whenever the bot is online and idle.`,
  ];
  for (const line of intro) printLine(io.stdout, line);
  for (let played = 1; played <= matches; played += 1) {
    const { matchId } = await platform.dispatch(botId, { opponent });
    printLine(io.stdout, `match ${played}: ${describeEnd(await platform.result(matchId))}`);
  }
}

function describeEnd({ results = [], total_hands_played: hands = 0, reason = 'ended' }: MatchEnd): string {
  const players = results.map(({ name = '?', net_chips: chips = 0 }) => `${name} ${signed(chips)}`);
  return printable([reason, count(hands, 'hand'), ...players].join(', '), maxLineLength);
}
